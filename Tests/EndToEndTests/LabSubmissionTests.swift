// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite struct `A lab's Postfix` {
    private let hello = "Subject: hello\n\nhello\n"

    @Test func `relays for a user who logs in on the submission port`() async throws {
        try await Lab.with { lab in
            let submission = try await lab.submit(
                hello, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            let queueID = try #require(submission.queueID)
            try await lab.log(
                contains: "postfix/submission/smtpd", "\(queueID): client=", "sasl_username=alice@lab.example")
            let mail = try #require(try await lab.received(by: "gmail").first)
            #expect(mail.host.name == "gmail-smtp-in.l.google.com")
            #expect(mail.client == "192.0.2.1")
            #expect(mail.helo == "mail.lab.example")
            #expect(mail.sender == "alice@lab.example")
            #expect(mail.recipients == ["bob@gmail.com"])
            #expect(mail.text.hasSuffix("\r\n\r\nhello\r\n"))
        }
    }

    @Test func `refuses a login with a wrong password`() async throws {
        try await Lab.with { lab in
            let session = try await lab.connect(port: 587)
            let answer = try await session.login(Login(user: "alice@lab.example", password: "guessed"))
            #expect(answer.code == 535)
            await session.quit()
        }
    }

    @Test(arguments: ["127.0.0.1", "127.8.8.8", "::1", Place.trustedClient])
    func `relays for a client of its own networks`(client: String) async throws {
        try await Lab.with { lab in
            let submission = try await lab.submit(
                hello, from: "alice@lab.example", to: ["bob@yahoo.com"], client: client)
            let queueID = try #require(submission.queueID)
            try await lab.log(contains: "\(queueID): client=", "[\(client)]")
            try await lab.received(by: "yahoo")
        }
    }

    @Test(arguments: [Place.outsider, Place.outsider6])
    func `does not relay for an outsider, but takes his mail for its own domain`(client: String) async throws {
        try await Lab.with { lab in
            let abroad = try await lab.submit(
                hello, from: "eve@outsider.example", to: ["bob@gmail.com"], client: client)
            #expect(abroad.rcptTo.map(\.code) == [454])
            #expect(!abroad.isAccepted)
            let home = try await lab.submit(
                hello, from: "eve@outsider.example", to: ["alice@lab.example"], client: client)
            let queueID = try #require(home.queueID)
            try await lab.log(
                contains: "\(queueID): to=<alice@lab.example>", "relay=local", "status=sent (delivered to mailbox)")
        }
    }

    @Test func `tells the uid of mail by sendmail`() async throws {
        try await Lab.with { lab in
            let result = try await lab.sendmail(as: "www-data", "To: bob@gmx.de\n\(hello)")
            #expect(result.isSuccess, "\(result)")
            try await lab.log(contains: "postfix/pickup", ": uid=33 from=<www-data>")
            let mail = try #require(try await lab.received(by: "gmx").first)
            #expect(mail.sender == "www-data@lab.example")
            #expect(mail.text.contains("(Postfix, from userid 33)"))
        }
    }

    @Test func `takes several messages on one connection, and forgets one at RSET`() async throws {
        try await Lab.with { lab in
            let session = try await lab.connect(port: 25)
            _ = try await session.send("MAIL FROM:<alice@lab.example>", "RCPT TO:<dropped@gmail.com>", "RSET")
            for recipient in ["one@gmail.com", "two@gmail.com"] {
                let submission = try await session.submit(
                    Lab.withCRLF(hello), from: "alice@lab.example", to: [recipient])
                #expect(submission.isAccepted)
            }
            await session.quit()
            let mail = try await lab.received(by: "gmail", count: 2)
            #expect(Set(mail.flatMap(\.recipients)) == ["one@gmail.com", "two@gmail.com"])
            try await lab.log(contains: "disconnect from", "mail=3 rcpt=3 data=2 rset=1 quit=1")
        }
    }

    @Test func `drops a message whose client goes away in the middle`() async throws {
        try await Lab.with { lab in
            let session = try await lab.connect(port: 25)
            let answers = try await session.send("MAIL FROM:<alice@lab.example>", "RCPT TO:<bob@gmail.com>", "DATA")
            #expect(answers.map(\.code) == [250, 250, 354])
            try await session.write(Array("Subject: half\r\n\r\nhal".utf8))
            await session.close()
            try await lab.log(contains: "lost connection after DATA")
            #expect(try await lab.postqueue().isEmpty)
        }
    }

    @Test func `hands over a message byte by byte as it was submitted`() async throws {
        try await Lab.with { lab in
            let body = "\r\n.\r\n..two\r\n.dot\r\nlast line \t \r\n\r\n"
            let content = Array(
                "From: alice@lab.example\r\nMessage-ID: <1@lab.example>\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n\(body)"
                    .utf8)
            try await lab.submit(content, from: "alice@lab.example", to: ["bob@other.example"], login: .alice)
            let mail = try #require(try await lab.received(by: "other").first)
            #expect(mail.content.suffix(content.count) == content[...])
        }
    }

    @Test func `obeys a setting as soon as it is changed`() async throws {
        try await Lab.with { lab in
            try await lab.postconf(["smtpd_recipient_restrictions = reject"])
            let refused = try await lab.submit(hello, from: "alice@lab.example", to: ["bob@gmail.com"])
            #expect(refused.rcptTo.map(\.code) == [554])
            try await lab.postconf(
                ["smtpd_recipient_restrictions ="], serviceParameters: ["smtp/inet/syslog_name = postfix/other"])
            let accepted = try await lab.submit(hello, from: "alice@lab.example", to: ["bob@gmail.com"])
            try await lab.log(contains: "postfix/other/smtpd", "\(try #require(accepted.queueID)): client=")
        }
    }
}
