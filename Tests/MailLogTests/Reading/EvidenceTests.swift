// SPDX-License-Identifier: Apache-2.0
import MailLog
import PosternCore
import Replies
import Testing

@Suite struct `A line is evidence of a listing` {
    @Test func `when the provider's own host refuses our address`() throws {
        let delivery = try delivery(line(said()))
        #expect(delivery.doubt == nil)
        #expect(delivery.provider == Provider("microsoft-consumer"))
        #expect(delivery.news.source == .provider)
        #expect(delivery.news.family == .v4)
        #expect(delivery.news.evidence?.token == "S3140")
        #expect(delivery.news.evidence?.grade == .unmistakable)
    }

    @Test func `when the refusal is a deferral`() throws {
        #expect(try delivery(line(status: "deferred", dsn: "4.7.1", said())).doubt == nil)
    }

    @Test(arguments: [
        ("MAIL FROM command", DeliveryStage.mailFrom), ("RCPT TO command", .rcptTo), ("DATA command", .data),
        ("end of DATA command", .endOfData), ("EHLO command", .helo), ("HELO command", .helo),
    ])
    func `at whatever command it is said`(command: String, stage: DeliveryStage) throws {
        let text = said().replacing("MAIL FROM command", with: command)
        let delivery = try delivery(line(text))
        #expect(delivery.reply?.stage == stage)
        #expect(delivery.doubt == nil)
    }

    @Test func `when it is said instead of a greeting`() throws {
        let host = "hotmail-com.olc.protection.outlook.com[104.47.66.33]"
        let delivery = try delivery(line(status: "deferred", "host \(host) refused to talk to me: \(blockReply)"))
        #expect(delivery.reply?.stage == .connect)
        #expect(delivery.doubt == nil)
    }

    @Test func `when the probe's own transport tells of it`() throws {
        let delivery = try delivery(line(tag: "postfix/postern-probe/smtp", said()))
        #expect(delivery.doubt == nil)
        #expect(delivery.news.transport == "postern-probe")
    }
}

@Suite struct `A line is no evidence of a listing` {
    @Test func `when the message was accepted, whatever the reply quotes`() throws {
        let delivery = try delivery(line(status: "sent", dsn: "2.6.0", "250 2.6.0 queued; \(blockReply)"))
        #expect(delivery.doubt == .accepted)
        #expect(delivery.reading == nil)
        #expect(delivery.news.evidence == nil)
    }

    @Test func `when the text quotes a status and a relay`() throws {
        let text = "250 ok relay=x.olc.protection.outlook.com[192.0.2.9]:25, dsn=5.7.1, status=bounced (\(said()))"
        let delivery = try delivery(line(relay: "mx.example.net[198.51.100.7]:25", status: "sent", text))
        #expect(delivery.outcome == .sent)
        #expect(delivery.host == "mx.example.net")
    }

    @Test func `when the recipient's address spells out a line`() throws {
        let recipient = #""relay=x.olc.protection.outlook.com[192.0.2.9]:25, status=bounced (550"@example.net"#
        let delivery = try delivery(
            line(to: recipient, relay: "mx.example.net[198.51.100.7]:25", status: "sent", "250 ok"))
        #expect(delivery.outcome == .sent)
        #expect(delivery.recipientDomain == "example.net")
    }

    @Test(arguments: [
        "notoutlook.com[198.51.100.7]", "olc.protection.outlook.com.evil.example[198.51.100.7]",
        "mx.example.net[198.51.100.7]",
    ])
    func `when the host is not the provider's`(host: String) throws {
        let delivery = try delivery(line(relay: host + ":25", said(by: host)))
        #expect(delivery.doubt == .foreignHost)
        #expect(delivery.provider == nil)
    }

    @Test func `when another provider's host words it`() throws {
        let host = "gmail-smtp-in.l.google.com[142.250.1.27]"
        #expect(try delivery(line(relay: host + ":25", said(by: host))).doubt == .foreignWording)
    }

    @Test func `when the host that spoke is another than the relay`() throws {
        #expect(try delivery(line(said(by: "mx.example.net[198.51.100.7]"))).doubt == .foreignHost)
    }

    @Test(arguments: ["127.0.0.1[127.0.0.1]:10024", "hotmail-com.olc.protection.outlook.com[127.0.0.1]:25"])
    func `when a content filter of this host says it`(relay: String) throws {
        let host = String(relay[..<(relay.lastIndex(of: ":") ?? relay.endIndex)])
        #expect(try delivery(line(relay: relay, said(by: host))).doubt == .foreignHost)
    }

    @Test(arguments: ["postfix/pipe", "postfix/local", "postfix/virtual", "postfix/cleanup"])
    func `when another program writes it`(tag: String) throws {
        #expect(newsSource(of: line(tag: tag, said())) != .provider)
    }

    private func newsSource(of line: String) -> NewsSource? {
        var reader = try? newReader()
        return reader?.take(line)?.delivery?.source
    }

    @Test func `when an older failure is repeated`() throws {
        let text = "delivery temporarily suspended: " + said()
        let delivery = try delivery(line(tag: "postfix/error", relay: "none", status: "deferred", text))
        #expect(delivery.doubt == .ownWords)
        #expect(delivery.isSuspended)
    }

    @Test func `when it is our own pause`() throws {
        let text = "4.7.0 microsoft-consumer lists 192.0.2.4 (S3140); mail is kept and will be retried"
        let delivery = try delivery(line(tag: "postfix/retry", relay: "none", status: "deferred", dsn: "4.7.0", text))
        #expect(delivery.doubt == .ourPause)
        #expect(delivery.provider == Provider("microsoft-consumer"))
    }

    @Test func `when Postfix had no answer`() throws {
        let text = "connect to hotmail-com.olc.protection.outlook.com[104.47.66.33]:25: Connection timed out"
        let delivery = try delivery(line(relay: "none", status: "deferred", dsn: "4.4.1", text))
        #expect(delivery.doubt == .ownWords)
        #expect(delivery.reading?.replyClass == .network)
    }

    @Test func `when it is about the recipient`() throws {
        let reply = "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."
        let delivery = try delivery(line(said(reply)))
        #expect(delivery.reading?.replyClass == .recipientUnknown)
        #expect(delivery.doubt == .otherScope)
    }
}
