// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

/// Lines of a Postfix 3.7.11 on Debian 12, of kumina/postfix_exporter (postfix_exporter_test.go), of
/// alborodin85/postfix-logs-parser and of whyscream/postfix-grok-patterns.
@Suite struct `A line about a message in the queue` {
    private func read(_ daemon: String, _ message: String) throws -> ReadLine {
        try #require(ReadLine("Nov 24 03:11:40 mail postfix/\(daemon)[22059]: \(message)"))
    }

    @Test func `tells the client and login of a new message`() throws {
        let line = try read(
            "submission/smtpd",
            "91222F88095: client=localhost[127.0.0.1], sasl_method=PLAIN, sasl_username=alice@lab.example")
        let accepted = try #require(line.accepted)
        #expect(line.text(accepted.clientName) == "localhost")
        #expect(line.text(accepted.clientAddress) == "127.0.0.1")
        #expect(line.text(accepted.login) == "alice@lab.example")
        #expect(accepted.clientPort == nil)
        #expect(accepted.originalID == nil)
    }

    @Test func `tells a client without login`() throws {
        let line = try read("smtpd", "477832E0134: client=unknown[2aff:d7f:d:a::aaa]")
        #expect(line.text(line.accepted?.clientAddress) == "2aff:d7f:d:a::aaa")
        #expect(line.accepted?.login == nil)
    }

    @Test func `tells the client's port where the site logs it`() throws {
        let line = try read(
            "smtpd", "477832E0134: client=localhost[127.0.0.1]:51234, sasl_method=LOGIN, sasl_username=bob")
        #expect(line.accepted?.clientPort == 51234)
        #expect(line.text(line.accepted?.login) == "bob")
    }

    @Test func `tells the ID before a content filter`() throws {
        let line = try read(
            "smtpd",
            "2F01D1855DB2: client=localhost[127.0.0.1], orig_queue_id=AB5501855DA0, orig_client=mx.example.org[192.0.2.9]"
        )
        #expect(line.accepted?.originalID == QueueID("AB5501855DA0"))
    }

    @Test func `takes nothing from what a client gave as AUTH parameter`() throws {
        let line = try read(
            "smtpd",
            "2F01D1855DB2: client=host[192.0.2.9], sasl_method=PLAIN, sasl_username=mallory, sasl_sender=x, orig_queue_id=AB5501855DA0"
        )
        #expect(line.text(line.accepted?.login) == "mallory")
        #expect(line.accepted?.originalID == nil)
    }

    @Test func `tells the uid of a local submission`() throws {
        let line = try read("pickup", "75558F88096: uid=33 from=<www-data>")
        #expect(line.submitted?.userID == 33)
        #expect(line.text(line.submitted?.sender) == "www-data")
        #expect(line.submitted?.originalID == nil)
    }

    @Test func `tells the former ID of a requeued message`() throws {
        let line = try read("pickup", "4B38EF887D9: uid=102 from=<a@lab.example> orig_id=4170DF8808E")
        #expect(line.submitted?.originalID == QueueID("4170DF8808E"))
        #expect(line.text(line.submitted?.sender) == "a@lab.example")
    }

    @Test func `takes no former ID from a sender that feigns one`() throws {
        let line = try read("pickup", "4B38EF887D9: uid=33 from=<a> orig_id=4170DF8808E>")
        #expect(line.submitted?.userID == 33)
        #expect(line.submitted?.originalID == nil)
        #expect(line.text(line.submitted?.sender) == "a> orig_id=4170DF8808E")
    }

    @Test(arguments: [
        "<u82c131a9@dev-web1.slc.example.net>", "<>", "", "2021-01-25 10:00:05.006274",
        "=?UTF-8?B?PDE5?= =?UTF-8?B?MTI=?=",
    ])
    func `tells the Message-ID, whatever it holds`(messageID: String) throws {
        let line = try read("cleanup", "3mPVKl0Mhjz7sXv: message-id=\(messageID)")
        guard case .messageID(let range) = line.record.event else {
            Issue.record("\(line.kind)")
            return
        }
        #expect(line.text(range) == messageID)
    }

    @Test func `tells when a message enters the active queue`() throws {
        let line = try read("qmgr", "9A690F888AA: from=<josé@lab.example>, size=323, nrcpt=4 (queue active)")
        guard case .activated(let activated) = line.record.event else {
            Issue.record("\(line.kind)")
            return
        }
        #expect(line.text(activated.sender) == "josé@lab.example")
        #expect(activated.size == 323)
        #expect(activated.recipientCount == 4)
    }

    @Test func `tells the null sender`() throws {
        let line = try read("qmgr", "A13AEF888C2: from=<>, size=2337, nrcpt=1 (queue active)")
        guard case .activated(let activated) = line.record.event else {
            Issue.record("\(line.kind)")
            return
        }
        #expect(activated.sender.isEmpty)
    }

    @Test(arguments: [
        ("qmgr", "AAB4D259B1: removed", "removed"),
        ("postsuper", "3nsRhm5bH5z306M: removed", "removed"),
        ("postsuper", "41865F88892: placed on hold", "held"),
        ("postsuper", "41865F88892: released from hold", "released"),
        ("postsuper", "41865F88892: requeued", "requeued"),
        ("postsuper", "86EBDF8807F: expired", "expiryForced"),
        ("postsuper", "Placed on hold: 67 messages", "other"),
        ("qmgr", "ED06590130AA1C9D6D862: skipped, still being delivered", "other"),
        (
            "smtp", "3mhh843cz2zCpsL: enabling PIX workarounds: disable_esmtp delay_dotcrlf for h[69.146.200.30]:25",
            "other"
        ),
        ("smtpd", "connect from localhost[127.0.0.1]", "other"),
        ("postscreen", "NOQUEUE: reject: CONNECT from [1.2.3.4]:1337: too many connections", "other"),
        ("anvil", "statistics: max cache size 1 at Oct 26 18:13:50", "other"),
        ("trivial-rewrite", "warning: virtual_alias_domains lookup failure", "trouble"),
        ("cleanup", "3mgs0P5v1lz7sh1: resent-message-id=<u98d40e1c@example.net>", "other"),
    ])
    func `is of its kind`(daemon: String, message: String, kind: String) throws {
        #expect(try read(daemon, message).kind == kind)
    }

    @Test(arguments: [("expired", false), ("force-expired", true)])
    func `tells that a message was given up`(word: String, isForced: Bool) throws {
        let line = try read("qmgr", "BACE842E73: from=<noreply@domain.com>, status=\(word), returned to sender")
        guard case .expired(let found) = line.record.event else {
            Issue.record("\(line.kind)")
            return
        }
        #expect(found == isForced)
    }

    @Test(arguments: [
        ("sender non-delivery notification", LogNotification.bounce), ("sender delay notification", .delay),
        ("sender delivery status notification", .success), ("postmaster non-delivery notification", .postmaster),
    ])
    func `names the notice that bounce sends`(words: String, kind: LogNotification) throws {
        let line = try read("bounce", "17CCA8044: \(words): ADD2F8052")
        guard case .notification(let found, let notice) = line.record.event else {
            Issue.record("\(line.kind)")
            return
        }
        #expect(found == kind)
        #expect(notice == QueueID("ADD2F8052"))
        #expect(line.record.queueID == QueueID("17CCA8044"))
    }

    @Test(arguments: [
        ("master", "daemon started -- version 3.7.11, configuration /etc/postfix", LogLifecycle.started),
        ("master", "reload -- version 3.7.11, configuration /etc/postfix", .reloaded),
        ("master", "terminating on signal 15", .stopped),
        ("postfix-script", "starting the Postfix mail system", .started),
        ("postfix-script", "refreshing the Postfix mail system", .reloaded),
        ("postfix-script", "stopping the Postfix mail system", .stopped),
    ])
    func `tells of starts, stops and reloads`(daemon: String, message: String, lifecycle: LogLifecycle) throws {
        let line = try read(daemon, message)
        guard case .lifecycle(let found) = line.record.event else {
            Issue.record("\(line.kind)")
            return
        }
        #expect(found == lifecycle)
    }

    @Test(arguments: [
        ("warning", LogSeverity.warning), ("error", .error), ("fatal", .fatal), ("panic", .panic),
    ])
    func `tells trouble by its weight and counts it`(word: String, severity: LogSeverity) {
        var parser = LogLineParser(calendar: .year2026)
        let bytes = Array("Oct 26 18:13:50 mx postfix/qmgr[3]: \(word): 4029AF88874: to=<a@b.example>".utf8)
        guard case .record(let record) = parser.parse(bytes.span), case .trouble(let found, let text) = record.event
        else {
            Issue.record("no trouble")
            return
        }
        #expect(found == severity)
        #expect(text.text(in: bytes.span) == "4029AF88874: to=<a@b.example>")
        #expect(record.queueID == nil)
        #expect(parser.troubleCount == 1)
    }

    @Test(arguments: [
        ("pickup", "75558F88096: uid=x from=<www-data>"), ("pickup", "75558F88096: uid=33 from=www-data"),
        ("qmgr", "A13AEF888C2: from=<>, size=x, nrcpt=1 (queue active)"), ("qmgr", "A13AEF888C2: from=<a, size=3"),
        ("qmgr", "A13AEF888C2: from=<>, size=99999999999999999999, nrcpt=1 (queue active)"),
        ("bounce", "17CCA8044: sender non-delivery notification: soon"), ("smtpd", "91222F88095: client=localhost"),
    ])
    func `of another form is malformed, and counted`(daemon: String, message: String) {
        var parser = LogLineParser(calendar: .year2026)
        let bytes = Array("Oct 26 18:13:50 mx postfix/\(daemon)[3]: \(message)".utf8)
        guard case .malformed = parser.parse(bytes.span) else {
            Issue.record("taken for a record")
            return
        }
        #expect(parser.malformedCount == 1)
    }
}
