// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Closes a connection whose other end does not take what is written to it.
final class StallGuard: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = NIOAny
    typealias OutboundOut = NIOAny

    private let patience: TimeAmount
    private var waiting = 0
    private var alarm: Scheduled<Void>?

    /// A guard that waits so long for a write to get through.
    init(patience: TimeAmount) {
        self.patience = patience
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        waiting += 1
        setAlarm(context)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.gotThrough() }
        context.write(data, promise: written)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }

    private func gotThrough() {
        waiting -= 1
        alarm?.cancel()
        alarm = nil
    }

    private func setAlarm(_ context: ChannelHandlerContext) {
        guard alarm == nil else { return }
        let channel = context.channel
        alarm = context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
    }
}
