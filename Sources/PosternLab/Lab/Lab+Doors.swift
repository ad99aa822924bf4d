// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import NIOPosix

extension Lab {
    /// Lets programs of this host, such as a browser, reach a Unix socket inside, at a port of the loopback address, until
    /// the lab ends.
    public func openDoor(to socket: String, atPort port: Int) async throws {
        let inside = path(of: socket)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { [channels] outer in
                channels.add(outer)
                let connecting = ClientBootstrap(group: outer.eventLoop).channelOption(.autoRead, value: false)
                    .connect(unixDomainSocketPath: inside)
                return connecting.flatMapThrowing { inner in
                    channels.add(inner)
                    try outer.pipeline.syncOperations.addHandler(DoorHandler(to: inner))
                    try inner.pipeline.syncOperations.addHandler(DoorHandler(to: outer))
                    inner.read()
                }
            }
        channels.add(try await bootstrap.bind(host: "127.0.0.1", port: port).get())
    }
}

/// Hands on to another channel of the same event loop what one reads, no faster than that takes it.
private final class DoorHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let partner: any Channel

    init(to partner: any Channel) {
        self.partner = partner
    }

    func channelActive(context: ChannelHandlerContext) {
        context.read()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        partner.writeAndFlush(unwrapInboundIn(data)).whenSuccess { channel.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        partner.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
