// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

/// Replies as a Postfix 3.7.11 logged them, one for each stage at which a scripted server refused.
@Suite struct `A remote report` {
    private func deferred(_ text: String) throws -> ReadLine {
        try #require(
            ReadLine(
                "Nov 24 03:08:58 mail postfix/smtp[15339]: 6B3FDF88873: to=<u@hotmail.com>, relay=hotmail-com.olc.protection.outlook.com[127.0.2.1]:25, delay=0.01, delays=0/0/0/0, dsn=4.7.1, status=deferred (\(text))"
            ))
    }

    @Test func `names the server and gives its words without Postfix's frame`() throws {
        let line = try deferred(
            "host hotmail-com.olc.protection.outlook.com[127.0.2.2] said: 451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. (S775) (in reply to MAIL FROM command)"
        )
        let report = try #require(line.report)
        #expect(report.speaker == .server)
        #expect(line.text(report.host) == "hotmail-com.olc.protection.outlook.com")
        #expect(line.text(report.address) == "127.0.2.2")
        #expect(
            line.reply
                == SMTPReply(
                    code: 451, status: EnhancedStatusCode(4, 7, 650),
                    text:
                        "451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. (S775)",
                    stage: .mailFrom))
    }

    @Test(arguments: [
        ("EHLO command", DeliveryStage.helo), ("HELO command", .helo), ("MAIL FROM command", .mailFrom),
        ("RCPT TO command", .rcptTo), ("DATA command", .data), ("end of DATA command", .endOfData),
    ])
    func `tells the stage by the frame's last words`(words: String, stage: DeliveryStage) throws {
        let line = try deferred("host mx1.other.org[127.0.5.1] said: 550 5.7.1 no (in reply to \(words))")
        #expect(line.reply?.stage == stage)
        #expect(line.reply?.text == "550 5.7.1 no")
    }

    @Test func `leaves stages that the server words in the server's words`() throws {
        let line = try deferred(
            "host mx1.other.org[127.0.5.1] said: 550 5.7.1 x (in reply to end of DATA command) (in reply to RCPT TO command)"
        )
        #expect(line.reply?.stage == .rcptTo)
        #expect(line.reply?.text == "550 5.7.1 x (in reply to end of DATA command)")
    }

    @Test func `of a refused greeting has Postfix's status, as Postfix makes 5xx banners temporary`() throws {
        let line = try deferred(
            "host mx1.other.org[127.0.5.1] refused to talk to me: 554 5.7.1 Blocked - see https://ipcheck.example/ (in reply to RCPT TO command)"
        )
        #expect(line.report?.speaker == .greeting)
        #expect(line.reply?.code == 554)
        #expect(line.reply?.status == EnhancedStatusCode(5, 7, 1))
        #expect(line.reply?.stage == .connect)
        #expect(line.reply?.text == "554 5.7.1 Blocked - see https://ipcheck.example/ (in reply to RCPT TO command)")
    }

    @Test func `falls back to Postfix's status where the reply has none`() throws {
        let line = try deferred(
            "host mx1.other.org[127.0.5.1] said: 450 mailbox unavailable (in reply to RCPT TO command)")
        #expect(line.reply?.code == 450)
        #expect(line.reply?.status == EnhancedStatusCode(4, 7, 1))
    }

    @Test func `takes no enhanced code of another class than the reply's`() throws {
        let line = try deferred("host mx1.other.org[127.0.5.1] said: 450 5.1.1 odd (in reply to RCPT TO command)")
        #expect(line.report?.status == nil)
    }

    @Test func `reads a multi-line reply as Postfix joins it`() throws {
        let line = try deferred(
            "host mx1.other.org[127.0.5.1] said: 550-5.7.1 line one of reply 550-5.7.1 line two 550 5.7.1 last line (in reply to RCPT TO command)"
        )
        #expect(line.reply?.code == 550)
        #expect(line.reply?.status == EnhancedStatusCode(5, 7, 1))
        #expect(line.reply?.text == "550-5.7.1 line one of reply 550-5.7.1 line two 550 5.7.1 last line")
    }

    @Test func `of a suspended destination is marked as no new evidence`() throws {
        let line = try deferred(
            "delivery temporarily suspended: host mx1.other.org[127.0.5.1] refused to talk to me: 421 4.7.0 busy")
        #expect(line.report?.isSuspended == true)
        #expect(line.report?.speaker == .greeting)
        #expect(line.reply?.code == 421)
        #expect(line.reply?.text == "421 4.7.0 busy")
    }

    @Test(arguments: [
        "lost connection with mx1.other.org[127.0.5.1] while sending RCPT TO",
        "conversation with mx1.other.org[127.0.5.1] timed out while receiving the initial server greeting",
        "connect to dead.example-mx.net[127.0.9.9]:25: Connection refused",
        "Host or domain name not found. Name service error for name=servfail.net type=MX: Host not found, try again",
        "TLS is required, but was not offered by host mx1.gmail.com[127.0.3.1]",
        "host", "host ", "host mx1.other.org", "host mx1.other.org[127.0.5.1] thought: 550", "",
    ])
    func `in Postfix's own words has neither server nor code`(text: String) throws {
        let line = try deferred(text)
        #expect(line.report?.speaker == .postfix)
        #expect(
            line.reply
                == SMTPReply(code: nil, status: EnhancedStatusCode(4, 7, 1), text: text, stage: .local))
    }

    @Test func `of an accepted message is the server's reply at the end of the data`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:09:39 mail postfix/smtp[15339]: 94B6CF888C2: to=<u@other.org>, relay=mx1.other.org[127.0.5.1]:25, delay=0, delays=0/0/0/0, dsn=2.6.0, status=sent (250-2.6.0 first 250 2.6.0 <id@x> Queued mail for delivery -> 250 2.1.5)"
            ))
        #expect(line.report?.speaker == .server)
        #expect(line.report?.host == nil)
        #expect(line.reply?.code == 250)
        #expect(line.reply?.stage == .endOfData)
    }

    @Test func `of an earlier host stands in a line without recipient`() throws {
        let line = try #require(
            ReadLine(
                "Sep 16 00:07:41 smtp-node07.com postfix-10.20.30.40/smtp[31868]: 0D59F4165A: host mx-aol.mail.gm0.yahoodns.net[44.55.66.77] said: 421 4.7.0 [TSS04] Messages from 10.20.30.40 temporarily deferred due to user complaints - 4.16.55.1; see https://help.yahoo.com/kb/postmaster/SLN3434.html (in reply to MAIL FROM command)"
            ))
        #expect(line.kind == "earlierReply")
        #expect(line.text(line.report?.host) == "mx-aol.mail.gm0.yahoodns.net")
        #expect(line.report?.code == 421)
        #expect(line.report?.stage == .mailFrom)
    }

    @Test(arguments: [
        "4029AF88874: lost connection with email.bar.com[64.30.200.26] while sending DATA command",
        "4029AF88874: conversation with smtpb.mail.example.net[199.91.36.34] timed out while receiving the initial server greeting",
        "connect to email.bar.com[2607:f8b0:4002:c06::1a]:25: Network is unreachable",
    ])
    func `has a sibling for connections that came to nothing`(message: String) throws {
        let line = try #require(ReadLine("Jul  5 06:52:11 mx postfix/smtp[3]: \(message)"))
        #expect(line.kind == "connectionLost")
    }
}
