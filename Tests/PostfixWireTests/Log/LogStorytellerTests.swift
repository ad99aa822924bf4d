// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

/// Messages as a Postfix 3.7.11 on Debian 12 logged them from their first line to their last.
@Suite struct `A log told to the stories` {
    private var stories = MessageStories()
    private var parser = LogLineParser(calendar: .year2026)

    /// Tells lines that begin with the daemon's name; returns what became of deliveries.
    private mutating func tell(_ messages: String..., replyClass: ReplyClass? = nil) -> [Attribution] {
        var told: [Attribution] = []
        for message in messages {
            let bytes = Array("Nov 24 03:11:40 mail postfix/\(message)".utf8)
            guard case .record(let record) = parser.parse(bytes.span) else {
                Issue.record("not a record: \(message)")
                continue
            }
            let teller = LogStoryteller(policy: SenderPolicy())
            if let attribution = teller.tell(record, in: bytes.span, replyClass: replyClass, to: &stories) {
                told.append(attribution)
            }
        }
        return told
    }

    private func id(_ text: String) throws -> QueueID { try #require(QueueID(text)) }

    @Test mutating func `puts a login's message down to the login, in one case`() throws {
        let told = tell(
            "submission/smtpd[1]: 91222F88095: client=localhost[127.0.0.1], sasl_method=PLAIN, sasl_username=Alice@lab.example",
            "cleanup[1]: 91222F88095: message-id=<20261124031140.022068@vm>",
            "qmgr[1]: 91222F88095: from=<alice@lab.example>, size=449, nrcpt=1 (queue active)",
            "smtp[1]: 91222F88095: to=<p5@gmail.com>, relay=mx1.gmail.com[127.0.3.1]:25, delay=0.02, delays=0/0.02/0/0, dsn=2.6.0, status=sent (250 2.6.0 <sinkid@300> Queued mail for delivery)"
        )
        // A lab's loopback server stands for the other host here, so that nothing is counted.
        #expect(told.map(\.sender) == [.login("alice@lab.example")])
        #expect(told.map(\.counted) == [nil])
        let story = try #require(stories.story(of: try id("91222F88095")))
        #expect(story.envelopeSender == "alice@lab.example")
        #expect(story.messageID == "<20261124031140.022068@vm>")
        #expect(story.size == 449)
        _ = tell("qmgr[1]: 91222F88095: removed")
        #expect(stories.openCount == 0)
    }

    @Test mutating func `counts what other hosts say`() {
        let told = tell(
            "pickup[1]: 75558F88096: uid=33 from=<www-data>",
            "cleanup[1]: 75558F88096: message-id=<a@mail>",
            "qmgr[1]: 75558F88096: from=<www-data@lab.example>, size=320, nrcpt=2 (queue active)",
            "smtp[1]: 75558F88096: to=<a@hotmail.com>, relay=hotmail-com.olc.protection.outlook.com[192.0.2.8]:25, delay=1, delays=0/0/0/1, dsn=5.7.1, status=deferred (host hotmail-com.olc.protection.outlook.com[192.0.2.8] said: 550 5.7.1 (S3140). (in reply to MAIL FROM command))",
            "error[1]: 75558F88096: to=<b@hotmail.com>, relay=none, delay=1, delays=0/0/0/1, dsn=4.7.1, status=deferred (delivery temporarily suspended: host x[192.0.2.8] said: 550 5.7.1 (S3140).)",
            replyClass: .ipBlock)
        #expect(told.map(\.sender) == [.localUser(uid: 33), .localUser(uid: 33)])
        #expect(told.map(\.counted) == [.block, nil])
    }

    @Test mutating func `takes an older failure that is repeated for no refusal`() throws {
        _ = tell(
            "smtp[1]: 75558F88096: to=<b@hotmail.com>, relay=none, delay=1, delays=0/0/0/1, dsn=4.7.1, status=deferred (delivery temporarily suspended: host x[192.0.2.8] said: 550 5.7.1 (S3140).)",
            replyClass: .ipBlock)
        #expect(stories.story(of: try id("75558F88096"))?.recipients.first?.replyClass == nil)
    }

    @Test mutating func `follows a message through a content filter`() throws {
        let told = tell(
            "submission/smtpd[1]: AB5501855DA0: client=host.example[192.0.2.7], sasl_method=PLAIN, sasl_username=bob",
            "cleanup[1]: AB5501855DA0: message-id=<m@host.example>",
            "qmgr[1]: AB5501855DA0: from=<bob@lab.example>, size=449, nrcpt=1 (queue active)",
            "smtpd[2]: 2F01D1855DB2: client=localhost[127.0.0.1]",
            "cleanup[1]: 2F01D1855DB2: message-id=<m@host.example>",
            "qmgr[1]: 2F01D1855DB2: from=<bob@lab.example>, size=900, nrcpt=1 (queue active)",
            "smtp[1]: AB5501855DA0: to=<u40e4725b@mail.com>, orig_to=<team@lab.example>, relay=127.0.0.1[127.0.0.1]:10024, delay=0.87, delays=0.68/0.01/0/0.18, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 2F01D1855DB2)",
            "qmgr[1]: AB5501855DA0: removed",
            "smtp[1]: 2F01D1855DB2: to=<u40e4725b@mail.com>, relay=mx.mail.com[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 ok)"
        )
        #expect(told.map(\.sender) == [.login("bob"), .login("bob")])
        #expect(told.map(\.counted) == [nil, .accepted])
        #expect(told.map(\.isForwarded) == [true, true])
    }

    @Test mutating func `follows a forward and its bounce`() throws {
        let told = tell(
            "smtpd[1]: 4104E3D8: client=mx.outside.example[192.0.2.61]",
            "cleanup[1]: 4104E3D8: message-id=<n@outside.example>",
            "qmgr[1]: 4104E3D8: from=<x@outside.example>, size=449, nrcpt=1 (queue active)",
            "cleanup[1]: 5104E3D9: message-id=<n@outside.example>",
            "local[1]: 4104E3D8: to=<carol@lab.example>, relay=local, delay=0.1, delays=0.09/0/0/0.01, dsn=2.0.0, status=sent (forwarded as 5104E3D9)",
            "qmgr[1]: 4104E3D8: removed",
            "qmgr[1]: 5104E3D9: from=<x@outside.example>, size=700, nrcpt=1 (queue active)",
            "smtp[1]: 5104E3D9: to=<carol@gmail.com>, orig_to=<carol@lab.example>, relay=mx.gmail.com[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=5.7.1, status=bounced (host mx.gmail.com[192.0.2.9] said: 550 5.7.1 spam (in reply to end of DATA command))",
            "cleanup[1]: 6104E3DA: message-id=<b@lab.example>",
            "qmgr[1]: 6104E3DA: from=<>, size=2337, nrcpt=1 (queue active)",
            "bounce[1]: 5104E3D9: sender non-delivery notification: 6104E3DA",
            "smtp[1]: 6104E3DA: to=<x@outside.example>, relay=mx.outside.example[192.0.2.61]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 ok)",
            replyClass: .spamContent)
        #expect(told.map(\.sender) == [nil, .forwarder("carol@lab.example"), nil])
        #expect(told.map(\.counted) == [nil, .spamRefusal, nil])
        #expect(stories.story(of: try id("6104E3DA"))?.origin == .notice(about: try id("5104E3D9")))
    }

    @Test mutating func `follows a requeued message`() throws {
        _ = tell(
            "submission/smtpd[1]: 4170DF8808E: client=host.example[192.0.2.7], sasl_method=PLAIN, sasl_username=bob",
            "cleanup[1]: 4170DF8808E: message-id=<m@host.example>",
            "postsuper[1]: 4170DF8808E: requeued",
            "pickup[1]: 4B38EF887D9: uid=102 from=<a@lab.example> orig_id=4170DF8808E")
        #expect(stories.sender(of: try id("4B38EF887D9")) == .login("bob"))
        #expect(stories.story(of: try id("4170DF8808E")) == nil)
    }

    @Test mutating func `tells who is on hold`() throws {
        _ = tell(
            "pickup[1]: 75558F88096: uid=33 from=<www-data>",
            "cleanup[1]: 75558F88096: milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]: milter triggers HOLD action; from=<www-data@lab.example> to=<x@gmail.com>"
        )
        #expect(stories.story(of: try id("75558F88096"))?.isHeld == true)
        _ = tell("postsuper[1]: 75558F88096: released from hold")
        #expect(stories.story(of: try id("75558F88096"))?.isHeld == false)
        _ = tell("postsuper[1]: 75558F88096: placed on hold")
        #expect(stories.story(of: try id("75558F88096"))?.isHeld == true)
    }

    @Test(arguments: [
        "cleanup[1]: 75558F88096: milter-reject: END-OF-MESSAGE from h[192.0.2.7]: 5.7.1 no; from=<a@b.example>",
        "cleanup[1]: 75558F88096: milter-discard: END-OF-MESSAGE from h[192.0.2.7]: milter triggers DISCARD action; from=<a@b.example>",
        "cleanup[1]: 75558F88096: reject: header Subject: x from h[192.0.2.7]; from=<a@b.example>: 5.7.1 no",
        "smtpd[1]: 75558F88096: reject: DATA from h[192.0.2.7]: 550 5.5.3 <DATA>: Data command rejected; from=<>",
    ])
    mutating func `ends a message that is refused as a whole`(line: String) {
        _ = tell("smtpd[1]: 75558F88096: client=h[192.0.2.7]", line)
        #expect(stories.openCount == 0)
    }

    @Test mutating func `keeps a message of which one recipient is refused`() {
        _ = tell(
            "smtpd[1]: 75558F88096: client=h[192.0.2.7]",
            "smtpd[1]: 75558F88096: reject: RCPT from h[192.0.2.7]: 550 5.1.1 <u@server.com>: Recipient address rejected: User unknown; from=<a@b.example> to=<u@server.com> proto=ESMTP helo=<x>"
        )
        #expect(stories.openCount == 1)
    }
}
