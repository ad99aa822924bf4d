// SPDX-License-Identifier: Apache-2.0
import Ledger
import PosternCore
import ScratchSpace
import Testing

@Suite struct `The story of a message in the ledger` {
    let folder: ScratchFolder
    let clock = HandClock()

    init() throws { folder = try ScratchFolder() }

    private func open(_ retention: LedgerRetention = LedgerRetention()) throws -> Ledger {
        try Ledger.open(folder.path, clock: clock, retention: retention)
    }

    private var reader: LedgerReader {
        get throws { try LedgerReader(directory: folder.path) }
    }

    private func submission(_ id: String = "4jYSWg2zFWz2Nm8m") -> Submission {
        Submission(
            queueID: QueueID(id), at: .noon, sender: .login("alice"), class: .login,
            envelopeSender: "Alice@example.com", recipients: 2, outcome: .held)
    }

    private func attempt(_ id: String = "4jYSWg2zFWz2Nm8m", at moment: Moment = .noon) -> AttemptRecord {
        AttemptRecord(
            time: moment, queueID: QueueID(id), recipient: "Bob@Example.org", host: "mx.example.org",
            provider: Provider("gmail"),
            outcome: .deferred, replyClass: .greylist, rule: "greylist",
            reply: SMTPReply(code: 451, status: EnhancedStatusCode("4.7.1"), text: "451 4.7.1 Greylisted"))
    }

    @Test func `keeps who submitted it, how it was signed and what the limits said`() throws {
        let ledger = try open()
        var submission = submission()
        submission.signedBy = "example.com"
        submission.reason = "over the limit of 150/10m (login)"
        submission.standings = [
            LimitStanding(rule: "login", usage: RateUsage(rate: Rate(limit: 150, window: .minutes(10)), used: 150))
        ]
        ledger.record(.submitted(submission))
        ledger.flush()
        let message = try #require(try reader.messages(queueID: "4jYSWg2zFWz2Nm8m").first)
        #expect(message.sender == "login:alice")
        #expect(message.outcome == .held)
        #expect(message.signedBy == "example.com")
        #expect(message.reason == "over the limit of 150/10m (login)")
        #expect(message.standings == ["login: 150 of 150/10m"])
        #expect(try reader.messages(ofSender: "login:alice") == [message])
        #expect(try reader.messages(envelopeSender: "Alice@example.com") == [message])
    }

    @Test func `keeps each attempt, found by message and by recipient in any case`() throws {
        let ledger = try open()
        ledger.record(.attempted(attempt(at: .noon)))
        ledger.record(.attempted(attempt(at: .noon - .minutes(5))))
        ledger.flush()
        let attempts = try reader.attempts(queueID: "4jYSWg2zFWz2Nm8m")
        #expect(attempts.map(\.time) == [.noon - .minutes(5), .noon])
        #expect(attempts.first?.outcome == .deferred)
        #expect(attempts.first?.replyClass == .greylist)
        #expect(attempts.first?.smtpCode == 451)
        #expect(try reader.attempts(recipient: "BOB@example.org").map(\.time) == [.noon, .noon - .minutes(5)])
    }

    @Test func `is forgotten after 14 days, not a millisecond earlier`() throws {
        let ledger = try open()
        ledger.record(.submitted(submission()))
        ledger.record(.attempted(attempt()))
        ledger.flush()
        clock.advance(.hours(24 * 14))
        ledger.flush()
        #expect(try reader.messages(ofSender: "login:alice").count == 1)
        #expect(try reader.attempts(recipient: "bob@example.org").count == 1)
        clock.advance(.milliseconds(1))
        clock.advance(.minutes(1))
        ledger.flush()
        #expect(try reader.messages(ofSender: "login:alice").isEmpty)
        #expect(try reader.attempts(recipient: "bob@example.org").isEmpty)
    }

    @Test func `gives way to newer ones where there are too many`() throws {
        var retention = LedgerRetention()
        retention.maximumMessages = 3
        retention.maximumAttempts = 2
        let ledger = try open(retention)
        for number in 1...5 {
            ledger.record(.submitted(submission("4jYSWg2zFWz2Nm8\(number)")))
            ledger.record(.attempted(attempt("4jYSWg2zFWz2Nm8\(number)")))
        }
        ledger.flush()
        clock.advance(.minutes(1))
        ledger.flush()
        #expect(
            try reader.messages(ofSender: "login:alice").map(\.queueID)
                == ["4jYSWg2zFWz2Nm85", "4jYSWg2zFWz2Nm84", "4jYSWg2zFWz2Nm83"])
        #expect(try reader.attempts(recipient: "bob@example.org").count == 2)
    }
}
