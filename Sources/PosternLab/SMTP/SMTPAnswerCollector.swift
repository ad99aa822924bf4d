// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Joins reply lines to answers (RFC 5321 §4.2.1) and chronicles them.
final class SMTPAnswerCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let answers: Chronicle<SMTPAnswer>
    private var splitter = LineSplitter()
    private var lines: [String] = []

    init(into answers: Chronicle<SMTPAnswer>) { self.answers = answers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for line in splitter.add(unwrapInboundIn(data).readableBytesView) {
            guard let code = Int(line.prefix(3)), (200..<600).contains(code) else { return context.close(promise: nil) }
            lines.append(String(line.dropFirst(4)))
            guard line.dropFirst(3).first != "-" else { continue }
            answers.append(SMTPAnswer(code: code, lines: lines))
            lines = []
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        answers.end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
