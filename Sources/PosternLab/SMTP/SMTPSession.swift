// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import NIOCore
internal import NIOPosix

/// A connection of a real SMTP client inside the lab.
public final class SMTPSession: Sendable {
    /// How long an answer may take; content filters and policy services have their say in it.
    private static let patience = Duration.seconds(30)

    private let channel: any Channel
    private let answers: Chronicle<SMTPAnswer>

    private init(channel: any Channel, answers: Chronicle<SMTPAnswer>) {
        self.channel = channel
        self.answers = answers
    }

    /// Connects; the banner is still to be read, see `nextAnswer`.
    static func connect(to server: SocketAddress, from client: SocketAddress, in world: World, _ channels: OpenChannels)
        async throws
        -> SMTPSession
    {
        let socket = try await world.connection(to: server, from: client)
        let answers = Chronicle<SMTPAnswer>(capacity: 1 << 20) { $0.lines.reduce(64) { $0 + $1.utf8.count } }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SMTPAnswerCollector(into: answers))
                }
            }
            .withConnectedSocket(socket).get()
        channels.add(channel)
        return SMTPSession(channel: channel, answers: answers)
    }

    /// Sends command lines in one go (RFC 2920 allows it where the server announced PIPELINING), and waits for an answer to each.
    public func send(_ lines: String...) async throws -> [SMTPAnswer] { try await send(lines) }

    /// Sends one command line and waits for the answer.
    public func send(_ line: String) async throws -> SMTPAnswer {
        guard let answer = try await send([line]).first else { throw LabFailure.connection("no answer to \(line)") }
        return answer
    }

    /// Sends EHLO.
    @discardableResult
    public func hello(as name: String = "client.\(Place.domain)") async throws -> SMTPAnswer {
        try await send("EHLO \(name)")
    }

    /// Logs in with SASL PLAIN (RFC 4616).
    @discardableResult
    public func login(_ login: Login) async throws -> SMTPAnswer {
        let token = Data("\u{0}\(login.user)\u{0}\(login.password)".utf8).base64EncodedString()
        return try await send("AUTH PLAIN \(token)")
    }

    /// Hands over one message, as far as Postfix takes it.
    ///
    /// Addresses come without angle brackets; an empty sender is the null sender. The content's lines end with CRLF; dots are
    /// stuffed here.
    /// - Throws: `LabFailure.ended` if the connection breaks. A refusal is no error.
    /// - Returns: All answers.
    public func submit(_ content: [UInt8], from sender: String, to recipients: [String]) async throws -> Submission {
        var submission = Submission(mailFrom: try await send("MAIL FROM:<\(sender)>"))
        guard submission.mailFrom.isPositive else { return submission }
        submission.rcptTo = try await send(recipients.map { "RCPT TO:<\($0)>" })
        if submission.rcptTo.contains(where: \.isPositive) {
            let data = try await send("DATA")
            submission.data = data
            if data.isPositive {
                let position = answers.position
                try await write(Self.stuffed(content))
                submission.endOfData = try await nextAnswer(from: position)
            }
        }
        if !submission.isAccepted { _ = try await send("RSET") }
        return submission
    }

    /// Sends bytes as they are and waits for nothing.
    public func write(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    /// Waits for the banner, or for an answer to what `write` sent.
    /// - Parameter position: How many answers came before; the banner is the first.
    /// - Throws: `LabFailure.late` or `.ended`.
    /// - Returns: The answer.
    public func nextAnswer(from position: Int) async throws -> SMTPAnswer {
        guard let answer = try await answers(1, from: position).first else { throw LabFailure.connection("no answer") }
        return answer
    }

    /// Says QUIT and closes.
    public func quit() async {
        _ = try? await send("QUIT")
        await close()
    }

    /// Closes without a word, wherever the dialogue stands.
    public func close() async {
        // The server may have been quicker: that it is closed already is no error.
        try? await channel.close()
    }

    private func send(_ lines: [String]) async throws -> [SMTPAnswer] {
        let position = answers.position
        try await write(Array(lines.map { $0 + "\r\n" }.joined().utf8))
        return try await answers(lines.count, from: position)
    }

    private func answers(_ count: Int, from position: Int) async throws -> [SMTPAnswer] {
        Array(
            try await answers.wait(for: "answer of Postfix", count: count, from: position, within: Self.patience) { _ in
                true
            }
            .prefix(count))
    }

    /// The content as it goes over the line, its end included (RFC 5321 §4.5.2).
    private static func stuffed(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 64)
        var isAtStart = true
        for byte in content {
            if isAtStart, byte == UInt8(ascii: ".") { bytes.append(byte) }
            bytes.append(byte)
            isAtStart = byte == UInt8(ascii: "\n")
        }
        if !isAtStart { bytes += "\r\n".utf8 }
        return bytes + ".\r\n".utf8
    }
}
