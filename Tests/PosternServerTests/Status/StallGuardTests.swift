// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing

@testable import PosternServer

/// Keeps what is written until it is told that the other end has taken some.
private final class Ditch: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var kept: [EventLoopPromise<Void>] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if let promise { kept.append(promise) }
    }

    func take(_ count: Int) {
        for promise in kept.prefix(count) { promise.succeed() }
        kept.removeFirst(min(count, kept.count))
    }
}

@Suite struct `The guard of a connection whose other end may not read` {
    private let ditch = Ditch()
    private let channel = EmbeddedChannel()

    init() throws {
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
        try channel.pipeline.syncOperations.addHandlers(ditch, StallGuard(patience: .seconds(10)))
    }

    private func write() { channel.write(ByteBuffer(string: "x"), promise: nil) }

    private func pass(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    @Test func `closes it when nothing is taken for long enough`() {
        write()
        pass(9)
        #expect(channel.isActive)
        pass(1)
        #expect(!channel.isActive)
    }

    @Test func `closes it when some was taken, and then no more`() {
        write()
        write()
        pass(5)
        ditch.take(1)
        pass(9)
        #expect(channel.isActive)
        pass(1)
        #expect(!channel.isActive)
    }

    @Test func `leaves it alone when all was taken`() {
        write()
        write()
        ditch.take(2)
        pass(60)
        #expect(channel.isActive)
        write()
        pass(10)
        #expect(!channel.isActive)
    }
}
