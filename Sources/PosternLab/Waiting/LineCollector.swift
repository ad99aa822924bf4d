// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Cuts what a channel reads into lines and chronicles them.
final class LineCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let lines: Chronicle<String>
    private var splitter = LineSplitter()

    init(into lines: Chronicle<String>) { self.lines = lines }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for line in splitter.add(unwrapInboundIn(data).readableBytesView) { lines.append(line) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let rest = splitter.finish() { lines.append(rest) }
        lines.end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
