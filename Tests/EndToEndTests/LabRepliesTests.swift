// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

/// What smtp(8) makes of the scripts of mail exchangers: each line as a real Postfix 3.7 logs it.
@Suite struct `A mail exchanger of the lab` {
    private static let refusal = "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3150)."

    private func send(_ lab: Lab, to recipients: String...) async throws {
        let submission = try await lab.submit(
            "Subject: hello\n\nhello\n", from: "alice@lab.example", to: recipients, login: .alice)
        #expect(submission.isAccepted)
    }

    @Test(arguments: [
        (MXStage.connect, "dsn=4.7.1, status=deferred (host H[198.51.100.14] refused to talk to me: \(refusal))"),
        (.helo, "dsn=5.7.1, status=bounced (host H[198.51.100.14] refused to talk to me: \(refusal))"),
        (
            .mailFrom,
            "dsn=5.7.1, status=bounced (host H[198.51.100.14] said: \(refusal) (in reply to MAIL FROM command))"
        ),
        (.rcptTo, "dsn=5.7.1, status=bounced (host H[198.51.100.14] said: \(refusal) (in reply to RCPT TO command))"),
        (.data, "dsn=5.7.1, status=bounced (host H[198.51.100.14] said: \(refusal) (in reply to DATA command))"),
        (
            .endOfData,
            "dsn=5.7.1, status=bounced (host H[198.51.100.14] said: \(refusal) (in reply to end of DATA command))"
        ),
    ])
    func `refuses at each stage as providers do`(stage: MXStage, line: String) async throws {
        try await Lab.with { lab in
            try lab.mx.script("microsoft-consumer", .refusing(Self.refusal, at: stage))
            try await send(lab, to: "bob@live.com")
            let host = "live-com.olc.protection.outlook.com"
            try await lab.log { [line] logged in
                logged.contains("to=<bob@live.com>, relay=\(host)[198.51.100.14]:25,")
                    && logged.replacing(host, with: "H").hasSuffix(line)
            }
            try await lab.attempts(at: stage, of: host)
            #expect(lab.mx.mail.entries().isEmpty)
        }
    }

    @Test(arguments: [
        (MXStage.connect, "receiving the initial server greeting"), (.helo, "performing the EHLO handshake"),
        (.mailFrom, "sending MAIL FROM"), (.rcptTo, "sending RCPT TO"), (.data, "sending DATA command"),
        (.endOfData, "sending end of data -- message may be sent more than once"),
    ])
    func `drops the connection at each stage`(stage: MXStage, words: String) async throws {
        // Without pipelining each command waits for its answer, so that Postfix names the very stage.
        try await Lab.with { lab in
            try lab.mx.script("other", MXScript([MXRule(at: stage, .drop)], extensions: []))
            try await send(lab, to: "bob@another.example")
            try await lab.log(
                contains:
                    "dsn=4.4.2, status=deferred (lost connection with mx.another.example[198.51.100.72] while \(words))"
            )
        }
    }

    @Test func `says nothing until Postfix loses patience`() async throws {
        try await Lab.with(.init(postconf: ["smtp_mail_timeout = 1s"])) { lab in
            try lab.mx.script("other", MXScript([MXRule(at: .mailFrom, .silence)], extensions: []))
            try await send(lab, to: "bob@other.example")
            try await lab.log(
                contains: "dsn=4.4.2, status=deferred (conversation with mx.other.example",
                "timed out while sending MAIL FROM)")
        }
    }

    @Test func `gives replies of several lines, which Postfix joins`() async throws {
        try await Lab.with { lab in
            try lab.mx.script(
                "gmail", .refusing("550-5.7.26 line one\n550-5.7.26 line two\n550 5.7.26 last", at: .endOfData))
            try await send(lab, to: "bob@workspace.example")
            try await lab.log(
                contains:
                    "said: 550-5.7.26 line one 550-5.7.26 line two 550 5.7.26 last (in reply to end of DATA command)")
        }
    }

    @Test func `refuses some recipients and takes the others`() async throws {
        try await Lab.with { lab in
            try lab.mx.script(
                "other", [MXRule(at: .rcptTo, .reply("550 5.1.1 No such user")) { $0.hasPrefix("nobody") }])
            try await send(lab, to: "nobody@other.example", "somebody@other.example")
            try await lab.log(contains: "to=<nobody@other.example>", "status=bounced", "550 5.1.1 No such user")
            #expect(try await lab.received(by: "other").map(\.recipients) == [["somebody@other.example"]])
        }
    }

    @Test func `passes so many, refuses so many, and passes again`() async throws {
        try await Lab.with { lab in
            try lab.mx.script("other", [MXRule(at: .mailFrom, .reply("550 5.7.1 no"), after: 1, times: 2)])
            let session = try await lab.connect(port: 25)
            for name in ["a", "b", "c", "d"] {
                _ = try await session.submit(
                    Lab.withCRLF("Subject: \(name)\n\n"), from: "alice@lab.example", to: ["\(name)@other.example"])
                try await lab.log(contains: "to=<\(name)@other.example>", "status=")
            }
            #expect(lab.mx.mail.entries().map(\.recipients) == [["a@other.example"], ["d@other.example"]])
            #expect(lab.mx.count("mx.other.example", at: .mailFrom) == 4)
        }
    }

    @Test func `opens again while the lab runs, and deferred mail goes out`() async throws {
        try await Lab.with(.init(postconf: Lab.Configuration.quickRetries)) { lab in
            try lab.mx.script("yahoo", .refusing("421 4.7.0 [TSS04] Messages temporarily deferred", at: .mailFrom))
            try await send(lab, to: "bob@aol.com")
            try await lab.log(contains: "to=<bob@aol.com>", "status=deferred", "[TSS04]")
            try lab.mx.open("yahoo")
            #expect(try await lab.received(by: "yahoo").map(\.recipients) == [["bob@aol.com"]])
        }
    }

    @Test func `thinks before it answers`() async throws {
        try await Lab.with { lab in
            try lab.mx.script("gmx", [MXRule(at: .rcptTo, .accept, delay: .milliseconds(300))])
            try await send(lab, to: "bob@gmx.de")
            try await lab.received(by: "gmx")
            let asked = try #require(lab.mx.attempts.entries { $0.stage == .mailFrom }.first)
            let answered = try #require(lab.mx.attempts.entries { $0.stage == .rcptTo }.first)
            #expect(answered.time - asked.time >= .milliseconds(300))
        }
    }

    @Test func `that does not exist cannot be scripted`() async throws {
        try await Lab.with { lab in
            #expect(throws: LabFailure.self) { try lab.mx.script("hotmial", []) }
        }
    }
}
