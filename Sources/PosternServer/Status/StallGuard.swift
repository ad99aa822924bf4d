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
        setAlarm(context.channel)
        let channel = context.channel
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.gotThrough(channel) }
        context.write(data, promise: written)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }

    /// What still waits has its time from now on: the other end does read.
    private func gotThrough(_ channel: any Channel) {
        waiting -= 1
        alarm?.cancel()
        alarm = nil
        if waiting > 0, channel.isActive { setAlarm(channel) }
    }

    private func setAlarm(_ channel: any Channel) {
        guard alarm == nil else { return }
        alarm = channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
    }
}
