// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

/// Lines of a Postfix 3.7.11 on Debian 12 in a closed network, of msimerson/postfix-parser (test/index.js), of
/// lightmeterio/ControlCenter (its parser's tests) and of whyscream/postfix-grok-patterns (test/*.yaml).
@Suite struct `A delivery line` {
    @Test func `tells queue ID, recipient, relay, delays, status and outcome`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 02:46:54 mail postfix-lab/smtp[15724]: AB5E3F8887C: to=<bob@hotmail.com>, relay=hotmail-com.olc.protection.outlook.com[127.0.2.1]:25, delay=0.02, delays=0.02/0.01/0/0, dsn=2.6.0, status=sent (250 2.6.0 <sinkid@1> Queued mail for delivery)"
            ))
        #expect(line.record.time == Moment(seconds: 1_795_488_414))
        #expect(line.record.tag.daemon == .smtp)
        #expect(line.record.tag.processID == 15724)
        #expect(line.record.queueID == QueueID("AB5E3F8887C"))
        let delivery = try #require(line.delivery)
        #expect(line.text(delivery.recipient) == "bob@hotmail.com")
        #expect(delivery.originalRecipient == nil)
        #expect(line.text(delivery.relay.name) == "hotmail-com.olc.protection.outlook.com")
        #expect(line.text(delivery.relay.address) == "127.0.2.1")
        #expect(delivery.relay.port == 25)
        #expect(delivery.connectionUse == 1)
        #expect(delivery.delay == 20)
        #expect(line.text(delivery.delays) == "0.02/0.01/0/0")
        #expect(delivery.status == EnhancedStatusCode(2, 6, 0))
        #expect(delivery.outcome == .sent)
        #expect(line.text(delivery.text) == "250 2.6.0 <sinkid@1> Queued mail for delivery")
    }

    @Test func `tells the address that forwards`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:11:36 mail postfix-lab/smtp[21934]: 53FFFF888D1: to=<x@gmail.com>, orig_to=<team@lab.example>, relay=mx1.gmail.com[127.0.3.1]:25, delay=0.03, delays=0.01/0.01/0.01/0, dsn=2.6.0, status=sent (250 2.6.0 <sinkid@297> Queued mail for delivery)"
            ))
        #expect(line.text(line.delivery?.recipient) == "x@gmail.com")
        #expect(line.text(line.delivery?.originalRecipient) == "team@lab.example")
    }

    @Test func `tells how often the connection was used`() throws {
        let line = try #require(
            ReadLine(
                "Jul  5 06:52:11 prd-mx1 postfix/smtp[22030]: 3mPVKl0Mhjz7sXv: to=<uf6407c0a@example.org>, relay=mpafm.example.org[24.100.200.21]:25, conn_use=2, delay=1.2, delays=0.76/0.01/0.09/0.34, dsn=2.0.0, status=sent (250 2.0.0 t5UI2nBt018923-t5UI2nBw018923 Message accepted for delivery)"
            ))
        #expect(line.delivery?.connectionUse == 2)
        #expect(line.delivery?.delay == 1200)
        #expect(line.record.queueID == QueueID("3mPVKl0Mhjz7sXv"))
    }

    @Test func `keeps a quoted local part whole, whatever it feigns`() throws {
        let line = try #require(
            ReadLine(
                #"Nov 24 03:11:32 mail postfix-lab/smtp[21784]: E22CAF888CE: to=<"x>, relay=evil, status=sent"@gmail.com>, relay=mx1.gmail.com[127.0.3.1]:25, delay=0.01, delays=0.01/0/0/0, dsn=5.1.1, status=bounced (host mx1.gmail.com[127.0.3.1] said: 550 5.1.1 no (in reply to RCPT TO command))"#
            ))
        #expect(line.text(line.delivery?.recipient) == #""x>, relay=evil, status=sent"@gmail.com"#)
        #expect(line.text(line.delivery?.relay.name) == "mx1.gmail.com")
        #expect(line.delivery?.outcome == .bounced)
    }

    @Test func `keeps an escaped quote within a quoted local part`() throws {
        let line = try #require(
            ReadLine(
                #"Nov 24 03:11:32 mail postfix/smtp[1]: E22CAF888CE: to=<"a\">, relay=evil["@gmail.com>, relay=none, delay=0, delays=0/0/0/0, dsn=4.4.1, status=deferred (connect to mx1.gmail.com[127.0.3.1]:25: Connection refused)"#
            ))
        #expect(line.text(line.delivery?.recipient) == #""a\">, relay=evil["@gmail.com"#)
        #expect(line.delivery?.relay.isNone(in: line.bytes.span) == true)
    }

    @Test func `keeps UTF-8 addresses`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:11:31 mail postfix-lab/smtp[21784]: 9A690F888AA: to=<üser@gmail.com>, relay=mx1.gmail.com[127.0.3.1]:25, delay=0.03, delays=0.01/0.02/0/0, dsn=5.6.7, status=bounced (SMTPUTF8 is required, but was not offered by host mx1.gmail.com[127.0.3.1])"
            ))
        #expect(line.text(line.delivery?.recipient) == "üser@gmail.com")
        #expect(line.reply?.stage == .local)
        #expect(line.reply?.status == EnhancedStatusCode(5, 6, 7))
    }

    @Test func `tells an IPv6 relay`() throws {
        let line = try #require(
            ReadLine(
                "Oct 26 18:13:50 mx postfix/smtp[3]: 4E74613FE76: to=<ub5d57f27@gmail.com>, relay=gmail-smtp-in.l.google.com[2607:f8b0:400e:c04::1b]:25, delay=1.9, delays=0.05/0/1.1/0.71, dsn=2.0.0, status=sent (250 2.0.0 OK)"
            ))
        #expect(line.text(line.delivery?.relay.address) == "2607:f8b0:400e:c04::1b")
        #expect(line.delivery?.relay.port == 25)
    }

    @Test func `tells a relay that is a Unix socket`() throws {
        let line = try #require(
            ReadLine(
                "Feb  1 13:17:08 mail postfix/lmtp[28699]: AED441541AFC: to=<ue583234e@h-b4e62aa55116.com>, relay=h-ac7182297368ddc0f[private/dovecot-lmtp], delay=0.21, delays=0.07/0.01/0.01/0.12, dsn=2.0.0, status=sent (250 2.0.0 <ue583234e@h-b4e62aa55116.com> wArTL0TxF2AccAAAYr7Zvw Saved)"
            ))
        #expect(line.text(line.delivery?.relay.address) == "private/dovecot-lmtp")
        #expect(line.delivery?.relay.port == nil)
        #expect(line.delivery?.relay.isLocal(in: line.bytes.span) == true)
    }

    @Test(arguments: [
        (
            "Jun 20 05:02:07 ns4 postfix/local[16460]: 95154657C: to=<u9a2ca90a@h-ea3f4afa.com>, orig_to=<uc8693c01@h-20b651e8120a33ec11.com>, relay=local, delay=0.1, delays=0.09/0/0/0.01, dsn=2.0.0, status=sent (delivered to command: procmail -a \"$EXTENSION\" DEFAULT=$HOME/Maildir/)",
            LogDaemon.local, "local"
        ),
        (
            "Oct 26 18:13:50 mx postfix/virtual[7]: B657F2DB195D: to=<postmaster@example.com>, relay=virtual, delay=0.52, delays=0.51/0.01/0/0, dsn=2.0.0, status=sent (delivered to maildir)",
            .virtual, "virtual"
        ),
        (
            "Jan 25 19:25:19 mx postfix/pipe[6221]: 03EAC2E0EDD: to=<u66067ee9@h-ffd2115d4f.com>, relay=dovecot, delay=5.5, delays=5.3/0.01/0/0.16, dsn=2.0.0, status=sent (delivered via dovecot service)",
            .pipe, "dovecot"
        ),
        (
            "Nov 24 03:11:31 mail postfix-lab/discard[21788]: A13AEF888C2: to=<josé@lab.example>, relay=none, delay=0.01, delays=0/0.01/0/0, dsn=2.0.0, status=sent (lab.example)",
            .discard, "none"
        ),
    ])
    func `is read from every agent of this host`(line: String, daemon: LogDaemon, relay: String) throws {
        let line = try #require(ReadLine(line))
        #expect(line.record.tag.daemon == daemon)
        #expect(line.text(line.delivery?.relay.name) == relay)
        #expect(line.delivery?.relay.address == nil)
        #expect(line.delivery?.outcome == .sent)
        #expect(line.report?.speaker == .postfix)
    }

    @Test func `is read from error, where a retry transport parks mail`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 02:40:00 mail postfix-lab/error[1500]: AB5E3F8887C: to=<r1@hotmail.com>, relay=none, delay=0.03, delays=0.01/0.01/0/0, dsn=4.7.0, status=deferred (provider hotmail paused by postern until 2026-11-24T05:00:00Z)"
            ))
        #expect(line.record.tag.daemon == .error)
        #expect(line.delivery?.outcome == .deferred)
        #expect(line.report?.speaker == .postfix)
        #expect(line.report?.isSuspended == false)
    }

    @Test func `is read from cleanup, which bounces what a milter refused`() throws {
        let line = try #require(
            ReadLine(
                "Nov 24 03:01:29 mail postfix-lab/cleanup[28207]: A1CA1F89074: to=<x@gmail.com>, relay=none, delay=0, delays=0/0/0/0, dsn=5.7.0, status=bounced (account suspended)"
            ))
        #expect(line.delivery?.outcome == .bounced)
        #expect(line.text(line.delivery?.text) == "account suspended")
    }

    @Test(arguments: [
        ("sent", DeliveryOutcome.sent), ("deferred", .deferred), ("bounced", .bounced), ("SOFTBOUNCE", .softBounced),
        ("expired", .expired), ("deliverable", .deliverable), ("undeliverable", .undeliverable),
        ("undeliverable-but-not-cached", .undeliverable), ("deliverable-but-not-cached", .deliverable),
    ])
    func `tells every outcome`(word: String, outcome: DeliveryOutcome) throws {
        let line = try #require(
            ReadLine(
                "Oct 26 18:13:50 mx postfix/error[9]: 3E29030F8637E: to=<ue037b6c4@yahoo.com>, relay=none, delay=0.01, delays=0.01/0/0/0, dsn=5.1.1, status=\(word) (User unknown in virtual alias table)"
            ))
        #expect(line.delivery?.outcome == outcome)
        #expect(line.text(line.delivery?.text) == "User unknown in virtual alias table")
    }

    @Test(arguments: ["may?", "dane", "dane/!requiretls:nocertmatch"])
    func `steps over fields of a newer Postfix`(tls: String) throws {
        let line = try #require(
            ReadLine(
                "Oct 26 18:13:50 mx postfix/smtp[9]: 7EE668039: to=<u63a71056@example.com>, relay=mail.example.com[1.2.3.4]:25, delay=3.6, delays=0.08/0.02/0.85/0.14, tls=\(tls), dsn=2.1.5, status=sent (250 2.0.0 Ok: queued as 153053D)"
            ))
        #expect(line.delivery?.status == EnhancedStatusCode(2, 1, 5))
    }

    @Test func `of an old Postfix has neither delays nor dsn`() throws {
        let line = try #require(
            ReadLine(
                "Oct 26 18:13:50 mx postfix/smtp[9]: 7EE668039: to=<u63a71056@example.com>, relay=mail.example.com[1.2.3.4], delay=3, status=sent (250 Ok)"
            ))
        #expect(line.delivery?.delays == nil)
        #expect(line.delivery?.status == nil)
        #expect(line.delivery?.delay == 3000)
    }

    @Test(arguments: [
        ("127.0.0.1[127.0.0.1]:10024", true), ("localhost[::1]:24", true), ("host[/run/dovecot/lmtp]", true),
        ("host[private/lmtp]", true), ("local", true), ("none", false), ("mx.example.com[192.0.2.127]:25", false),
        ("mx.example.com[192.0.2.1]", false), ("127.example.com[192.0.2.1]:25", false), ("mx[::11]:25", false),
    ])
    func `tells whether the message stayed on this host`(relay: String, isLocal: Bool) throws {
        let line = try #require(
            ReadLine(
                "Oct 26 18:13:50 mx postfix/smtp[9]: 7EE668039: to=<a@example.com>, relay=\(relay), delay=3, status=sent (250 Ok)"
            ))
        #expect(line.delivery?.relay.isLocal(in: line.bytes.span) == isLocal)
    }

    @Test func `may have no parenthesis at its end, if it was cut`() throws {
        let line = try #require(
            ReadLine(
                "Oct 26 18:13:50 mx postfix/smtp[9]: 7EE668039: to=<a@example.com>, relay=none, delay=3, status=deferred (connect to mx.example.com[1.2"
            ))
        #expect(line.text(line.delivery?.text) == "connect to mx.example.com[1.2")
    }

    @Test(arguments: [
        "to=<56597@con", "to=<a@b.example>", "to=<a@b.example>, ", "to=a@b.example, relay=none, status=sent (x)",
        "to=<a@b.example>, relay=none, delay=1, status=", "to=<a@b.example>, relay=none, delay=1, status=lost (x)",
        "to=<a@b.example>, relay=, status=sent (x)", "to=<a@b.example, relay=none, delay=1, status=sent (x)",
        "to=<\"a@b.example>, relay=none, delay=1, status=sent (x)",
        "to=<a@b.example>, orig_to=<c, relay=none, status=sent",
        "to=<a@b.example>, relay=none, delay=1 status=sent (a, status=bounced (b))",
    ])
    func `of another form is malformed`(message: String) {
        #expect(fate(of: "Jul  5 06:52:11 prd-mx1 postfix/smtp[22030]: 3mPVKl0Mhjz7sXv: \(message)") == "malformed")
    }
}
