// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

/// Tags of lightmeterio/ControlCenter's tests, of fail2ban's, and of a Postfix with services as Debian names them.
@Suite struct `A tag` {
    private static let removal = "AB5E3F8887C: removed"

    @Test(
        arguments: [
            ("postfix/qmgr[1]", "postfix", nil), ("postfix-out/qmgr[22]", "postfix-out", nil),
            ("postfix-10.20.30.40/qmgr[2342]", "postfix-10.20.30.40", nil),
            ("postfix/submission/qmgr[9]", "postfix/submission", "submission"),
            ("postfix/postern-probe/qmgr[4294967295]", "postfix/postern-probe", "postern-probe"),
            ("postfix-smo/submission/qmgr[5]", "postfix-smo/submission", "submission"),
            ("a/b/c/qmgr", "a/b/c", "c"),
        ] as [(String, String, String?)])
    func `tells syslog name and service`(tag: String, syslogName: String, service: String?) throws {
        let line = try #require(ReadLine("Nov 24 02:46:54 mail \(tag): \(Self.removal)"))
        #expect(line.record.tag.daemon == .qmgr)
        #expect(line.text(line.record.tag.syslogName) == syslogName)
        #expect(line.text(line.record.tag.service(in: line.bytes.span)) == service)
    }

    @Test(arguments: [
        ("smtpd", LogDaemon.smtpd), ("pickup", .pickup), ("cleanup", .cleanup), ("qmgr", .qmgr), ("smtp", .smtp),
        ("lmtp", .lmtp), ("error", .error), ("retry", .error), ("local", .local), ("virtual", .virtual),
        ("pipe", .pipe),
        ("discard", .discard), ("bounce", .bounce), ("postsuper", .postsuper), ("postscreen", .postscreen),
        ("master", .master), ("postfix-script", .script), ("scache", .other), ("tlsproxy", .other),
        ("trivial-rewrite", .other),
    ])
    func `tells the daemon`(name: String, daemon: LogDaemon) throws {
        let line = try #require(ReadLine("Nov 24 02:46:54 mail postfix/\(name)[1]: warning: x"))
        #expect(line.record.tag.daemon == daemon)
    }

    @Test(arguments: [
        "Nov 24 02:46:54 postfix/qmgr[1]: AB5E3F8887C: removed",
        "<22>Nov 24 02:46:54 mail postfix/qmgr[1]: AB5E3F8887C: removed",
        "Nov 24 02:46:54 <mail.info> postfix/qmgr[1]: AB5E3F8887C: removed",
        "Nov 24 02:46:54 mail <mail.info> postfix/qmgr[1]: AB5E3F8887C: removed",
        "Nov 24 02:46:54 mail postfix/qmgr[1]: [ID 197553 mail.info] AB5E3F8887C: removed",
        "2026-11-24T02:46:54Z mail postfix/qmgr[1]: AB5E3F8887C: removed",
    ])
    func `is found behind what collectors put before it`(line: String) throws {
        let line = try #require(ReadLine(line))
        #expect(line.record.queueID == QueueID("AB5E3F8887C"))
        #expect(line.kind == "removed")
    }

    @Test(arguments: [
        "Jan 27 06:36:56 mail dovecot: imap-login: postfix/qmgr[1]: AB5E3F8887C: removed",
        "Jan 27 06:36:56 mail amavis[1]: postfix/qmgr[1]: AB5E3F8887C: removed",
        "Jan 27 06:36:56 mail dovecot: postfix/qmgr[1]: AB5E3F8887C: removed",
        "Jan 27 06:36:56 mail a b postfix/qmgr[1]: AB5E3F8887C: removed",
        "Jan 27 06:36:56 mail postfix/unheardof[1]: AB5E3F8887C: removed",
        "Jan 27 06:36:56 mail /qmgr[1]: AB5E3F8887C: removed",
        "Jan 27 06:36:56 mail postfix/qmgr[x]: AB5E3F8887C: removed",
        "Jan 27 06:36:56 mail postfix/qmgr[1]x: AB5E3F8887C: removed",
        "Jan 27 06:36:56 mail qmgr[1]: AB5E3F8887C: removed",
        "Jul 30 00:10:11 imac27 madeup: Gobbely Gook", "Jul 30 00:10:11", "Jul 30 00:10:11 ", "", " ", "x", "<", "<22>",
    ])
    func `of another program makes a line foreign, whatever follows`(line: String) {
        #expect(fate(of: line) == "foreign")
    }

    @Test func `and a message suffice where the time is known, as from the journal`() {
        var parser = LogLineParser(calendar: .year2026)
        let bytes = Array(
            "postfix/postern-probe/smtp[7]: AB5E3F8887C: lost connection with mx.example[192.0.2.1] while x".utf8)
        guard case .record(let record) = parser.parse(bytes.span, writtenAt: Moment(seconds: 77)) else {
            Issue.record("no record")
            return
        }
        #expect(record.time == Moment(seconds: 77))
        #expect(record.tag.service(in: bytes.span)?.text(in: bytes.span) == "postern-probe")
    }
}
