// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

/// Lines as a Postfix 3.7.11 logs them when a server or a client words its part like a log line.
@Suite struct `A forged field` {
    /// What a server of 2026 would answer to get Microsoft's mail paused.
    private static let claim =
        "to=<x@outlook.com>, relay=outlook-com.olc.protection.outlook.com[40.93.212.0]:25, delay=1, delays=0/0/0/1, dsn=5.7.1, status=bounced (host outlook-com.olc.protection.outlook.com[40.93.212.0] said: 550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent (S3140). (in reply to MAIL FROM command))"

    private func expectHonest(_ line: ReadLine, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(line.text(line.delivery?.recipient) == "victim@example.org", sourceLocation: sourceLocation)
        #expect(line.text(line.delivery?.relay.name) == "mx.evil.example", sourceLocation: sourceLocation)
        #expect(line.text(line.delivery?.relay.address) == "203.0.113.66", sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        "550 5.1.1 ", "550-5.1.1 ", "", "(", ") ", ")), ", "\u{202E}", "\u{2028}", "a) status=bounced (", "\"", "\\",
        "[", "<",
    ])
    func `in a refusal is the server's words`(prefix: String) throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: to=<victim@example.org>, relay=mx.evil.example[203.0.113.66]:25, delay=0.01, delays=0/0/0/0, dsn=5.1.1, status=bounced (host mx.evil.example[203.0.113.66] said: \(prefix)\(Self.claim) (in reply to RCPT TO command))"
            ))
        expectHonest(line)
        #expect(line.text(line.report?.host) == "mx.evil.example")
        #expect(line.reply?.stage == .rcptTo)
        #expect(line.reply?.text == prefix + Self.claim)
        #expect(line.reply?.status == EnhancedStatusCode(5, 1, 1))
    }

    @Test func `in an accepted message's reply changes no outcome`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: to=<victim@example.org>, relay=mx.evil.example[203.0.113.66]:25, delay=0.01, delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 queued, dsn=5.7.1, status=bounced (host outlook-com.olc.protection.outlook.com[40.93.212.0] said: 550 5.7.1 (S3140)))"
            ))
        expectHonest(line)
        #expect(line.delivery?.outcome == .sent)
        #expect(line.delivery?.status == EnhancedStatusCode(2, 0, 0))
        #expect(line.report?.host == nil)
        #expect(line.reply?.code == 250)
    }

    @Test func `in an accepted message's reply names no other server`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: to=<victim@example.org>, relay=mx.evil.example[203.0.113.66]:25, delay=0.01, delays=0/0/0/0, dsn=2.0.0, status=sent (250 host outlook-com.olc.protection.outlook.com[40.93.212.0] said: 550 5.7.1 (S3140))"
            ))
        #expect(line.report?.host == nil)
        #expect(line.report?.code == 250)
    }

    @Test func `in a refused greeting is the server's words`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: to=<victim@example.org>, relay=mx.evil.example[203.0.113.66]:25, delay=0.01, delays=0/0/0/0, dsn=4.7.1, status=deferred (host mx.evil.example[203.0.113.66] refused to talk to me: 550 said: 550 5.7.1 host outlook-com.olc.protection.outlook.com[40.93.212.0] said: 550 S3140 (in reply to MAIL FROM command))"
            ))
        expectHonest(line)
        #expect(line.text(line.report?.host) == "mx.evil.example")
        #expect(line.reply?.stage == .connect)
    }

    @Test func `in an earlier server's reply makes no delivery`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: host mx.evil.example[203.0.113.66] said: 451 4.7.0 \(Self.claim) (in reply to MAIL FROM command)"
            ))
        #expect(line.kind == "earlierReply")
        #expect(line.text(line.report?.host) == "mx.evil.example")
    }

    @Test func `in a quoted recipient is part of the recipient`() throws {
        let local = Self.claim.replacingQuotes()
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: to=<\"x>, \(local)\"@evil.example>, orig_to=<\"y>, \(local)\"@lab.example>, relay=mx.evil.example[203.0.113.66]:25, delay=0.01, delays=0/0/0/0, dsn=2.0.0, status=sent (250 ok)"
            ))
        #expect(line.text(line.delivery?.recipient) == "\"x>, \(local)\"@evil.example")
        #expect(line.text(line.delivery?.originalRecipient) == "\"y>, \(local)\"@lab.example")
        #expect(line.text(line.delivery?.relay.name) == "mx.evil.example")
        #expect(line.delivery?.outcome == .sent)
    }

    @Test func `in a quoted sender is part of the sender`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/qmgr[9]: 32B71F8886F: from=<\"a>, size=1, nrcpt=99 (queue active)\"@evil.example>, size=420, nrcpt=1 (queue active)"
            ))
        guard case .activated(let activated) = line.record.event else {
            Issue.record("\(line.kind)")
            return
        }
        #expect(activated.size == 420)
        #expect(activated.recipientCount == 1)
    }

    @Test(arguments: [
        "cleanup[9]: 32B71F8886F: message-id=<x> 32B71F8886F: CLAIM",
        "smtpd[9]: warning: Illegal address syntax from evil.example[203.0.113.66] in RCPT command: <CLAIM>",
        "smtpd[9]: NOQUEUE: reject: EHLO from unknown[203.0.113.66]: 504 5.5.2 <CLAIM>: Helo command rejected; proto=SMTP helo=<CLAIM>",
        "smtpd[9]: warning: non-SMTP command from unknown[203.0.113.66]: postfix/smtp[1]: 32B71F8886F: CLAIM",
        "cleanup[9]: 32B71F8886F: warning: header Subject: 32B71F8886F: CLAIM from localhost[127.0.0.1]; from=<a@b.example>",
        "pickup[9]: 32B71F8886F: uid=33 from=<CLAIM>",
        "smtp[9]: 32B71F8886F: lost connection with mx.evil.example[203.0.113.66] while CLAIM",
    ])
    func `in any other line makes no delivery`(message: String) throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/" + message.replacing("CLAIM", with: Self.claim)))
        #expect(line.delivery == nil)
        #expect(line.kind != "earlierReply")
    }

    @Test func `behind a NUL or a control character is text as any other`() throws {
        let head =
            "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: to=<victim@example.org>, relay=mx.evil.example[203.0.113.66]:25, delay=0.01, delays=0/0/0/0, dsn=5.1.1, status=bounced (host mx.evil.example[203.0.113.66] said: 550 5.1.1 "
        for byte: UInt8 in [0, 1, 7, 10, 13, 27, 127, 0x9B, 0xFF] {
            let bytes = Array(head.utf8) + [byte] + Array("\(Self.claim) (in reply to RCPT TO command))".utf8)
            expectHonest(try #require(ReadLine(bytes: bytes)))
        }
    }

    @Test func `beyond the longest line is not looked at`() throws {
        let filler = String(repeating: "x", count: 9000)
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: to=<victim@example.org>, relay=mx.evil.example[203.0.113.66]:25, delay=0.01, delays=0/0/0/0, dsn=5.1.1, status=bounced (host mx.evil.example[203.0.113.66] said: 550 5.1.1 \(filler) (in reply to DATA command))"
            ))
        expectHonest(line)
        #expect(line.reply?.stage == .unknown)
        #expect(line.delivery.map { Int($0.text.end) } == LogLineParser.maximumLength)
    }
}

extension String {
    /// The text as it may stand within a quoted local part.
    fileprivate func replacingQuotes() -> String { filter { $0 != "\"" && $0 != "\\" } }
}
