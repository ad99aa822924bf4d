// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// The socket side of a scripted mail exchanger: hands `MXDialogue` what it hears, and does what that says.
final class MXChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// RFC 5321 §4.5.3.1.4 asks for 512; extensions add to it.
    private static let longestCommand = 4096

    private let host: MXHost
    private let exchangers: MailExchangers
    private var dialogue: MXDialogue
    private var expects = MXDialogue.Expectation.nothing
    private var input = ByteBuffer()
    private var content = MXContent()
    private var client = ""

    init(host: MXHost, exchangers: MailExchangers) {
        self.host = host
        self.exchangers = exchangers
        self.dialogue = MXDialogue(hostName: host.name, extensions: exchangers.extensions(of: host))
    }

    func channelActive(context: ChannelHandlerContext) {
        client = context.remoteAddress?.ipAddress ?? ""
        perform(dialogue.connected(ask), command: "", context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        input.discardReadBytes()
        input.writeBuffer(&buffer)
        guard input.readableBytes <= MXContent.limit else { return context.close(promise: nil) }
        work(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func ask(_ stage: MXStage, _ recipient: String) -> MXRule? {
        exchangers.rule(at: host, stage, recipient: recipient)
    }

    /// Goes through what has been heard until more is needed, or an answer is waited for.
    private func work(_ context: ChannelHandlerContext) {
        while true {
            switch expects {
            case .nothing:
                return
            case .commands:
                guard let line = nextCommand() else {
                    if input.readableBytes > Self.longestCommand { context.close(promise: nil) }
                    return
                }
                perform(dialogue.heard(command: line, ask), command: line, context)
            case .content:
                guard content.take(from: &input) else {
                    if content.bytes.count + input.readableBytes > MXContent.limit { context.close(promise: nil) }
                    return
                }
                perform(dialogue.heardContent(ask), command: "", context)
            }
        }
    }

    private func nextCommand() -> String? {
        guard let end = input.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = input.readString(length: end - input.readerIndex + 1) ?? ""
        return String(line.dropLast())  // CRLF is one Character, as LF is
    }

    private func perform(_ step: MXDialogue.Step, command: String, _ context: ChannelHandlerContext) {
        expects = .nothing
        guard step.delay > .zero else { return finish(step, command, context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(step.delay)) {
            let (handler, context) = bound.value
            guard context.channel.isActive else { return }
            handler.finish(step, command, context)
            handler.work(context)
        }
    }

    private func finish(_ step: MXDialogue.Step, _ command: String, _ context: ChannelHandlerContext) {
        note(step, command)
        switch step.act {
        case .reply(let text):
            let lines = text.split(whereSeparator: \.isNewline).joined(separator: "\r\n") + "\r\n"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: lines)), promise: nil)
            if step.then == .nothing { context.close(promise: nil) }
        case .drop:
            context.close(promise: nil)
        case .silence, .accept:
            break
        }
        expects = step.then
    }

    /// Tells the exchangers' books before the client is answered: who sees Postfix's log line shall find the mail there.
    private func note(_ step: MXDialogue.Step, _ command: String) {
        if let stage = step.stage {
            let reply: String? = if case .reply(let text) = step.act { text } else { nil }
            exchangers.note(
                MXAttempt(host: host, stage: stage, client: client, command: command, reply: reply, time: .now))
        }
        guard step.stage == .endOfData else { return }
        if step.takesMessage {
            exchangers.note(
                ReceivedMail(
                    host: host, client: client, helo: dialogue.helo, sender: dialogue.sender ?? "",
                    recipients: dialogue.recipients,
                    content: content.bytes, time: .now))
        }
        content = MXContent()
        dialogue.reset()
    }
}
