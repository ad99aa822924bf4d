// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import NIOCore
internal import PostfixWire

/// Answers the requests of one connection, in their order.
///
/// Whatever a peer does ends its own connection at worst. One that does not read its answers is not read from.
final class PolicyHandler: ChannelInboundHandler {
    typealias InboundIn = PolicyRequest
    typealias OutboundOut = ByteBuffer

    private let limits: PolicyLimits
    private let log: Logger
    private var owesFlush = false

    init(_ limits: PolicyLimits, log: Logger) {
        self.limits = limits
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let reply = limits.answer(unwrapInboundIn(data))
        context.write(wrapOutboundOut(context.channel.allocator.buffer(bytes: reply.bytes)), promise: nil)
        owesFlush = true
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flush(context)
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        context.channel.setOption(.autoRead, value: context.channel.isWritable).whenFailure { [log] error in
            log.debug("policy: \(error)")
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        // The peer has asked all that it will; it may still read its answers.
        case ChannelEvent.inputClosed: closeWhenAnswered(context)
        case is IdleStateHandler.IdleStateEvent: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let fault = error as? PolicyFault {
            limits.counters.faults.increment()
            log.warning("policy: a connection is closed because of \(fault)")
        }
        flush(context)
        context.close(promise: nil)
    }

    private func flush(_ context: ChannelHandlerContext) {
        guard owesFlush else { return }
        owesFlush = false
        context.flush()
    }

    private func closeWhenAnswered(_ context: ChannelHandlerContext) {
        let channel = context.channel
        owesFlush = false
        context.writeAndFlush(wrapOutboundOut(channel.allocator.buffer(capacity: 0))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}
