// SPDX-License-Identifier: Apache-2.0
import MailLog
import PosternCore
import Replies
import SeededRandom
import Testing

@Suite struct `A pasted text` {
    private func only(_ text: String) throws -> PastedReply {
        let found = PastedReply.found(in: text)
        #expect(found.count == 1)
        return try #require(found.first)
    }

    @Test func `is a reply by itself`() throws {
        let pasted = try only("550 5.1.1 <user@example.net>: no such user")
        #expect(pasted.form == .reply)
        #expect(pasted.reply.code == 550)
        #expect(pasted.reply.text == "550 5.1.1 <user@example.net>: no such user")
        #expect(pasted.host == nil)
    }

    @Test func `is joined as Postfix joins the lines of a reply`() throws {
        let pasted = try only("550-5.7.1 Blocked.\r\n550 5.7.1 Go away.\r\n")
        #expect(pasted.reply.text == "550-5.7.1 Blocked. 550 5.7.1 Go away.")
        #expect(pasted.reply.code == 550)
    }

    @Test func `may be what Postfix says in a bounce, broken over lines`() throws {
        let pasted = try only(
            """
            <user@hotmail.com>: host hotmail-com.olc.protection.outlook.com[104.47.66.33]
                said: 550 5.7.1 Unfortunately, messages from [192.0.2.4] weren't sent.
                (in reply to MAIL FROM command)
            """)
        #expect(pasted.recipient == "user@hotmail.com")
        #expect(pasted.host == "hotmail-com.olc.protection.outlook.com")
        #expect(pasted.hostAddress == ClientAddress(parsing: "104.47.66.33"))
        #expect(pasted.reply.stage == .mailFrom)
        #expect(pasted.reply.text == "550 5.7.1 Unfortunately, messages from [192.0.2.4] weren't sent.")
    }

    @Test(arguments: ["host mx.example.net said: 550 no", "host mx.example.net[192.0.2.1] said: 550 no"])
    func `may leave out the host's address`(text: String) throws {
        let pasted = try only(text)
        #expect(pasted.host == "mx.example.net")
        #expect(pasted.reply.text == "550 no")
    }

    @Test func `may tell of a refused greeting`() throws {
        let pasted = try only("host mx.example.net[192.0.2.1] refused to talk to me: 421 busy")
        #expect(pasted.reply.stage == .connect)
        #expect(pasted.reply.code == 421)
    }

    @Test func `may be a line of the log`() throws {
        let pasted = try only(line(said()))
        #expect(pasted.form == .logLine)
        #expect(pasted.reply.text == blockReply)
        #expect(pasted.reply.stage == .mailFrom)
        #expect(pasted.recipient == "user@hotmail.com")
    }

    @Test func `may be several lines of the log`() {
        let found = PastedReply.found(in: [line(said()), "a note", line(said("421 busy"))].joined(separator: "\n"))
        #expect(found.map(\.reply.code) == [550, 421])
    }

    @Test func `may be a line without stamp and host`() throws {
        let tail = line(said()).split(separator: " ").dropFirst(4).joined(separator: " ")
        #expect(try only(tail).form == .logLine)
    }

    @Test func `may be a delivery status notification`() throws {
        let found = PastedReply.found(
            in: """
                Reporting-MTA: dns; mail.example.com
                X-Postfix-Queue-ID: 6BAB0300C9CD
                Arrival-Date: Thu, 18 Feb 2026 11:55:36 +0000 (UTC)

                Final-Recipient: rfc822; user@hotmail.com
                Original-Recipient: rfc822;user@example.org
                Action: failed
                Status: 5.7.1
                Remote-MTA: dns; hotmail-com.olc.protection.outlook.com
                Diagnostic-Code: smtp; 550 5.7.1 Unfortunately, messages from [192.0.2.4]
                    weren't sent. Please contact your Internet service provider since part of
                    their network is on our block list (S3140).

                Final-Recipient: rfc822; other@example.net
                Action: failed
                Status: 5.4.4
                Diagnostic-Code: X-Postfix; Host or domain name not found.
                """)
        #expect(found.map(\.form) == [.statusReport, .statusReport])
        #expect(found.map(\.recipient) == ["user@hotmail.com", "other@example.net"])
        #expect(found.map(\.host) == ["hotmail-com.olc.protection.outlook.com", nil])
        #expect(found.first?.reply.status == EnhancedStatusCode(5, 7, 1))
        #expect(
            found.first?.reply.text.hasSuffix(
                "weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140)."
            ) == true)
        #expect(found.last?.reply.text == "Host or domain name not found.")
    }

    @Test(arguments: ["", "  \n\t\n"]) func `tells nothing when it is blank`(text: String) {
        #expect(PastedReply.found(in: text).isEmpty)
    }

    @Test func `is read to a bound`() {
        let line = line(said()) + "\n"
        let found = PastedReply.found(in: String(repeating: line, count: 4000))
        #expect(found.count == PastedReply.maximumCount)
    }

    @Test(arguments: 0..<40) func `may be any nonsense`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "host ", " said: ", "[", "]", "<", ">: ", "550 ", "Diagnostic-Code: ", "smtp; ", "\n", "\n\n", " ",
            "Status: 5", ":", "(in reply to DATA command)",
            "é", "\u{0}", "postfix/smtp[1]: ",
        ]
        let text = (0..<30).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
        #expect(PastedReply.found(in: text).count <= 30)
    }
}

@Suite struct `An explanation` {
    private func explanation(_ text: String) throws -> Explanation {
        Explanation(try #require(PastedReply.found(in: text).first), by: try #require(shippedRules))
    }

    @Test func `names cause, form and rule`() throws {
        let explanation = try explanation(line(said()))
        #expect(explanation.reading?.isListing == true)
        #expect(explanation.remedy?.waiting == .doesNotHelp)
        #expect(explanation.remedy?.form?.hasPrefix("https://support.microsoft.com/") == true)
        #expect(explanation.ruleFile?.hasSuffix("10-microsoft-consumer.toml") == true)
    }

    @Test func `judges the wording alone where no host is named`() throws {
        #expect(try explanation(blockReply).reading?.isListing == true)
    }

    @Test func `finds no listing, and gives no advice, where the host is not the provider's`() throws {
        let explanation = try explanation(said(by: "mx.example.net[198.51.100.7]"))
        #expect(explanation.reading?.isListing == false)
        #expect(explanation.remedy == nil)
    }

    @Test func `reads nothing into an acceptance`() throws {
        let explanation = try explanation("250 2.0.0 queued: " + blockReply)
        #expect(explanation.reading == nil)
        #expect(explanation.remedy == nil)
    }
}
