// SPDX-License-Identifier: Apache-2.0
import MailLog
import PosternCore
import Testing

@Suite struct `Limits played over an old log` {
    private static let start = Moment(seconds: 1_771_444_800)

    private func submission(
        of sender: Sender = .login("mallory"), _ senderClass: SenderClass = .login, to recipients: Int = 1,
        after passed: Duration = .zero
    ) throws -> LoggedSubmission {
        LoggedSubmission(
            moment: Self.start + passed, queueID: try #require(QueueID("3F6A81C0201")), sender: sender,
            senderClass: senderClass, envelopeSender: "x@example.com", recipients: recipients)
    }

    private func rule(_ over: LimitRule.Action, _ senderClass: SenderClass = .login) -> LimitRule {
        LimitRule(
            name: "burst", subject: .senders(senderClass), rates: [Rate(limit: 10, window: .minutes(10))], over: over)
    }

    @Test func `stop a burst where its limit is, and tell when and how much`() throws {
        var replay = BurstReplay([rule(.hold)])
        for minute in 0..<15 { replay.count(try submission(to: 2, after: .seconds(20 * minute))) }
        let report = replay.report { _ in true }
        #expect((report.submissions, report.recipients) == (15, 30))
        #expect((report.stoppedMessages, report.stoppedRecipients) == (10, 20))
        let episode = try #require(report.episodes.first)
        #expect(episode.sender == "login:mallory")
        #expect(episode.passedBefore == 10)
        #expect(episode.first == Self.start + .seconds(100))
        #expect(episode.last == Self.start + .seconds(280))
        #expect(episode.rate == "10/10m")
        #expect(episode.looksInnocent == false)
        #expect(report.innocent.isEmpty)
    }

    @Test func `refuse only the recipients that are over a limit that defers`() throws {
        var replay = BurstReplay([rule(.defer)])
        replay.count(try submission(to: 13))
        let report = replay.report { _ in false }
        #expect((report.stoppedMessages, report.stoppedRecipients) == (1, 3))
        #expect(report.innocent == ["login:mallory"])
    }

    @Test func `hold a whole message of sendmail`() throws {
        var replay = BurstReplay([rule(.defer, .webUser)])
        replay.count(try submission(of: .localUser(uid: 33), .webUser, to: 13))
        #expect(replay.report { _ in false }.stoppedRecipients == 13)
    }

    @Test func `stop nobody where a rule only observes`() throws {
        var replay = BurstReplay([rule(.observe)])
        replay.count(try submission(to: 11))
        let report = replay.report { _ in false }
        #expect((report.stoppedMessages, report.senders) == (0, 0))
        #expect(report.observedRecipients == 11)
        #expect(report.episodes.map(\.over) == ["observe"])
    }

    @Test func `begin another episode after an hour without a message over the limit`() throws {
        var replay = BurstReplay([rule(.hold)])
        replay.count(try submission(to: 11))
        replay.count(try submission(to: 11, after: .hours(1)))
        replay.count(try submission(to: 11, after: .hours(2) + .milliseconds(1)))
        #expect(replay.report { _ in false }.episodes.map(\.messages) == [2, 1])
    }

    @Test func `are told of a message once: no retry, no mail from outside, no notice`() throws {
        var reader = try newReader()
        let lines = [
            "Feb 18 20:00:00 mail postfix/smtpd[1]: 3F6A81C0201: client=desk[203.0.113.7], sasl_method=PLAIN, sasl_username=alice",
            "Feb 18 20:00:00 mail postfix/cleanup[1]: 3F6A81C0201: message-id=<1@example.com>",
            "Feb 18 20:00:00 mail postfix/qmgr[1]: 3F6A81C0201: from=<alice@example.com>, size=420, nrcpt=3 (queue active)",
            "Feb 18 20:10:00 mail postfix/qmgr[1]: 3F6A81C0201: from=<alice@example.com>, size=420, nrcpt=1 (queue active)",
            "Feb 18 20:11:00 mail postfix/smtpd[1]: 3F6A81C0202: client=mx.example.net[198.51.100.7]",
            "Feb 18 20:11:00 mail postfix/qmgr[1]: 3F6A81C0202: from=<x@example.net>, size=420, nrcpt=1 (queue active)",
            "Feb 18 20:12:00 mail postfix/bounce[1]: 3F6A81C0201: sender non-delivery notification: 3F6A81C0203",
            "Feb 18 20:12:00 mail postfix/qmgr[1]: 3F6A81C0203: from=<>, size=420, nrcpt=1 (queue active)",
            "Feb 18 20:13:00 mail postfix/pickup[1]: 3F6A81C0204: uid=33 from=<www-data>",
            "Feb 18 20:13:00 mail postfix/qmgr[1]: 3F6A81C0204: from=<www-data@example.com>, size=420, nrcpt=2 (queue active)",
        ]
        var told: [LoggedSubmission] = []
        for line in lines {
            guard let heard = reader.take(line), let submission = reader.submission(toldBy: heard) else { continue }
            told.append(submission)
        }
        #expect(told.map(\.sender) == [.login("alice"), .localUser(uid: 33)])
        #expect(told.map(\.recipients) == [3, 2])
        #expect(told.map(\.senderClass) == [.login, .webUser])
    }
}
