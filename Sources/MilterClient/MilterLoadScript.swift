// SPDX-License-Identifier: Apache-2.0

/// The bytes of a load, cut where a reply has to be waited for.
struct MilterLoadScript {
    /// Bytes to write, after which one decision comes.
    typealias Exchange = [UInt8]

    /// The offer, whose answer is the milter's choice.
    let offer: Exchange
    /// Connect and HELO; may have no exchange of its own, then its bytes go before the first message.
    let opening: (exchanges: [Exchange], rest: [UInt8])
    /// A message of each login; the last exchange of each is the end of the message.
    let messages: [[Exchange]]
    /// What ends a connection.
    let closing: [UInt8]

    /// Asks the milter what it wants, and makes the bytes.
    init(_ load: MilterLoad) throws(MilterClientError) {
        let steps = try MilterConversation(with: load.endpoint, timeout: load.timeout).steps
        var offer = MilterPackets()
        offer.appendOffer(
            version: 6, actions: MilterConversation.postfixActions, steps: MilterConversation.postfixSteps)
        self.offer = offer.bytes
        var opening = Cutter(steps: steps)
        opening.step(
            .connect,
            macros: [
                ("j", "mail.\(load.domain)"), ("{daemon_name}", "ORIGINATING"), ("{daemon_addr}", "192.0.2.1"),
                ("v", "Postfix 3.7.11"), ("_", "client.\(load.domain) [192.0.2.7]"), ("{client_addr}", "192.0.2.7"),
                ("{client_port}", "40404"),
            ]
        ) { $0.appendConnect(host: "client.\(load.domain)", .ipv4("192.0.2.7", port: 40404)) }
        opening.step(.helo, macros: []) { $0.append(.helo, strings: ["client.\(load.domain)"]) }
        self.opening = opening.cut()
        messages = (0..<max(load.logins, 1)).map { Self.message(of: "user\($0)", load, steps) }
        var closing = MilterPackets()
        closing.append(.quit)
        self.closing = closing.bytes
    }

    private static func message(of login: String, _ load: MilterLoad, _ steps: UInt32) -> [Exchange] {
        let address = "\(login)@\(load.domain)"
        var cutter = Cutter(steps: steps)
        // Postfix ends each message of an SMTP session with an abort, which waits in its buffer.
        cutter.packets.append(.abort)
        cutter.step(
            .envelopeSender,
            macros: [
                ("{auth_type}", "PLAIN"), ("{auth_authen}", address), ("{mail_addr}", address),
                ("{mail_host}", load.domain), ("{mail_mailer}", "smtp"),
            ]
        ) { $0.append(.envelopeSender, strings: ["<\(address)>", "SIZE=\(load.bodySize)"]) }
        for number in 0..<max(load.recipients, 1) {
            let recipient = "r\(number)@example.net"
            let mailer = [("{rcpt_addr}", recipient), ("{rcpt_host}", "example.net"), ("{rcpt_mailer}", "smtp")]
            cutter.step(.envelopeRecipient, macros: number == 0 ? mailer : [("i", "4jYSWg2zFWz2Nm8m")] + mailer) {
                $0.append(.envelopeRecipient, strings: ["<\(recipient)>"])
            }
        }
        let queueID = [("i", "4jYSWg2zFWz2Nm8m")]
        cutter.step(.data, macros: queueID) { $0.append(.data) }
        let blank = steps & 0x10_0000 != 0 ? " " : ""
        for (name, value) in header(from: address, load) {
            cutter.step(.header, macros: queueID) { $0.appendHeader(name, blank + value) }
        }
        cutter.step(.endOfHeaders, macros: queueID) { $0.append(.endOfHeaders) }
        var body = body(of: load.bodySize)[...]
        while !body.isEmpty {
            let chunk = body.prefix(MilterPackets.chunkSize)
            cutter.step(.body, macros: queueID) { $0.append(.body, chunk) }
            body = body.dropFirst(chunk.count)
        }
        cutter.step(.endOfMessage, macros: queueID) { $0.append(.endOfMessage) }
        return cutter.cut().exchanges
    }

    private static func header(from address: String, _ load: MilterLoad) -> [(name: String, value: String)] {
        let usual = [
            ("From", "A User <\(address)>"), ("To", "r0@example.net"), ("Subject", "Minutes of the meeting"),
            ("Date", "Tue, 24 Nov 2026 02:52:36 +0000"), ("Message-Id", "<20261124025236.021211@\(load.domain)>"),
        ]
        let more = (usual.count..<max(load.headerFields, usual.count)).map {
            ("X-Field-\($0)", "a value of a usual length, \($0)")
        }
        return usual + more
    }

    private static func body(of size: Int) -> [UInt8] {
        let line = Array("The quick brown fox jumps over the lazy dog, and does so in every line of it.\r\n".utf8)
        var body = [UInt8]()
        body.reserveCapacity(max(size, 0) + line.count)
        while body.count < size { body += line }
        return Array(body.prefix(max(size, 0)).dropLast(size >= 2 ? 2 : 0)) + (size >= 2 ? [0x0D, 0x0A] : [])
    }

    /// Gathers packets until a step is answered.
    private struct Cutter {
        let steps: UInt32
        var packets = MilterPackets()
        private var exchanges: [Exchange] = []

        init(steps: UInt32) {
            self.steps = steps
        }

        mutating func step(
            _ command: MilterCommand, macros: [(name: String, value: String)], _ append: (inout MilterPackets) -> Void
        ) {
            // Postfix sends the macros of a step even if the step itself is not wanted (milter8.c).
            packets.appendMacros(for: command, macros)
            guard steps & command.offFlag == 0 else { return }
            append(&packets)
            guard command.isAnswered, steps & command.silentFlag == 0 else { return }
            exchanges.append(packets.bytes)
            packets.removeAll()
        }

        func cut() -> (exchanges: [Exchange], rest: [UInt8]) {
            (exchanges, packets.bytes)
        }
    }
}
