// SPDX-License-Identifier: Apache-2.0
import Ledger
import PosternCore
import ScratchSpace
import SeededRandom
import Testing

@Suite struct `What the ledger keeps of submissions` {
    let folder: ScratchFolder
    let clock = HandClock()

    init() throws { folder = try ScratchFolder() }

    private func open(_ retention: LedgerRetention = LedgerRetention()) throws -> Ledger {
        try Ledger.open(folder.path, clock: clock, retention: retention)
    }

    private func submission(
        of sender: Sender = .login("alice@example.com"), to recipients: Int = 1, at moment: Moment = .noon,
        _ outcome: Submission.Outcome = .passed
    ) -> Submission {
        var submission = Submission(
            queueID: QueueID("4jYSWg2zFWz2Nm8m"), at: moment, sender: sender, class: .login,
            envelopeSender: "alice@example.com", recipients: recipients, outcome: outcome)
        submission.client = .v4(0xC000_0207)
        return submission
    }

    private func record(_ submissions: Submission..., to ledger: Ledger) {
        for submission in submissions { ledger.record(.submitted(submission)) }
        ledger.flush()
    }

    private func senders(_ order: SenderQuery.Order = .volume, since: Moment = .noon) throws -> [SenderActivity] {
        try LedgerReader(directory: folder.path).senders(SenderQuery(since: since, until: .noon, order: order))
    }

    @Test func `tells passed, held and refused recipients of a sender apart`() throws {
        let ledger = try open()
        var partly = submission(to: 2)
        partly.refusedRecipients = 5
        var refused = submission(to: 0, .refused)
        refused.refusedRecipients = 3
        record(partly, submission(to: 40, .held), refused, to: ledger)
        let alice = try #require(try senders().first)
        #expect(alice.sender == "login:alice@example.com")
        #expect(alice.messages == 3)
        #expect((alice.recipients, alice.held, alice.heldRecipients) == (2, 1, 40))
        #expect((alice.refused, alice.refusedRecipients) == (1, 8))
        #expect(alice.volume == 50)
    }

    @Test func `counts further recipients of a message that was told of, but no further message`() throws {
        let ledger = try open()
        var further = submission(to: 3)
        further.isContinued = true
        record(submission(to: 1), further, to: ledger)
        let alice = try #require(try senders().first)
        #expect((alice.messages, alice.recipients) == (1, 4))
        #expect(try LedgerReader(directory: folder.path).messages(queueID: "4jYSWg2zFWz2Nm8m").count == 1)
    }

    @Test func `ranks by what is above the sender's own usual`() throws {
        let ledger = try open()
        // A newsletter of 336 an hour for fourteen days, and a user of whom nothing is known.
        for hour in 1...(14 * 24) {
            ledger.record(
                .submitted(submission(of: .login("news"), to: 336, at: .noon - .hours(hour))))
        }
        record(submission(of: .login("news"), to: 340), submission(of: .login("bob"), to: 50), to: ledger)
        #expect(try senders(.volume).map(\.sender) == ["login:news", "login:bob"])
        let byExcess = try senders(.excess)
        #expect(byExcess.map(\.sender) == ["login:bob", "login:news"])
        #expect(byExcess.map(\.usual) == [0, 336])
        #expect(byExcess.map(\.excess) == [50, 4])
    }

    @Test func `ranks whoever leads the span, not whoever leads an hour`() throws {
        let ledger = try open()
        for hour in 0..<3 {
            let moment = Moment.noon - .hours(hour)
            for number in 0..<600 {
                ledger.record(.submitted(submission(of: .login("\(hour).\(number)"), to: 1, at: moment)))
            }
            ledger.record(.submitted(submission(of: .login("burst\(hour)"), to: 100, at: moment)))
            ledger.record(.submitted(submission(of: .login("steady"), to: 50, at: moment)))
        }
        ledger.flush()
        let all = try senders(since: .noon - .hours(2))
        #expect(all.first?.sender == "login:steady")
        #expect(all.first?.volume == 150)
        #expect(all.dropFirst().prefix(3).allSatisfy { $0.sender.hasPrefix("login:burst") && $0.volume == 100 })
        #expect(all.count == 50)
    }

    @Test(arguments: SenderQuery.Order.allCases) func `ranks as a count of everything would`(
        _ order: SenderQuery.Order
    ) throws {
        let ledger = try open()
        var random = SplitMix64(seed: 4711)
        var sums: [String: (volume: Int, stopped: Int)] = [:]
        for _ in 0..<2000 {
            let name = "user\(Int.random(in: 0..<300, using: &random))"
            let recipients = Int.random(in: 1...9, using: &random)
            let isHeld = Bool.random(using: &random)
            let moment = Moment.noon - .hours(Int.random(in: 0..<24, using: &random))
            ledger.record(
                .submitted(submission(of: .login(name), to: recipients, at: moment, isHeld ? .held : .passed)))
            sums["login:\(name)", default: (0, 0)].volume += recipients
            if isHeld { sums["login:\(name)"]?.stopped += 1 }
        }
        ledger.flush()
        let expected = sums.sorted { first, second in
            let stopped = order == .held ? (second.value.stopped, first.value.stopped) : (0, 0)
            return (stopped.0, second.value.volume, first.key) < (stopped.1, first.value.volume, second.key)
        }
        #expect(try senders(order, since: .noon - .hours(23)).map(\.sender) == expected.prefix(50).map(\.key))
    }

    @Test func `ranks by what limits stopped`() throws {
        let ledger = try open()
        record(
            submission(of: .login("loud"), to: 900), submission(of: .login("held"), to: 1, .held), to: ledger)
        #expect(try senders(.held).map(\.sender) == ["login:held", "login:loud"])
    }

    @Test func `joins what became of the deliveries, also of one who submitted nothing`() throws {
        let ledger = try open()
        ledger.record(
            .accepted(
                AcceptanceRecord(time: .noon, provider: Provider("gmail"), sender: .forwarder("info@example.com"))))
        record(submission(), to: ledger)
        let all = try senders()
        #expect(all.map(\.sender) == ["login:alice@example.com", "forwarder:info@example.com"])
        #expect(all.map(\.accepted) == [0, 1])
    }

    @Test func `keeps the last eight networks and scripts of a sender and day`() throws {
        let ledger = try open()
        for number in 1...9 {
            var submission = submission(
                of: .localUser(uid: 33), at: .noon - .minutes(10 - number))
            submission.client = .v4(0xC000_0000 + UInt32(number) << 8 + 7)
            submission.subSender = SubSender(
                of: .localUser(uid: 33), originatingScript: "33:form\(number).php", envelopeSender: "")
            ledger.record(.submitted(submission))
        }
        ledger.flush()
        let sender = try #require(try senders(since: .noon - .hours(1)).first)
        #expect(sender.networks == (2...9).reversed().map { "192.0.\($0).0/24" })
        #expect(sender.scripts == (2...9).reversed().map { "form\($0).php" })
    }

    @Test func `tells an IPv6 network by its first 48 bits`() throws {
        let ledger = try open()
        var submission = submission()
        submission.client = .v6(0x2001_0DB8_0001_0002, 7)
        record(submission, to: ledger)
        #expect(try senders().first?.networks == ["2001:db8:1::/48"])
    }

    @Test func `names the busiest of an hour, and counts the rest together`() throws {
        var retention = LedgerRetention()
        retention.maximumSendersAnHour = 2
        let ledger = try open(retention)
        record(
            submission(of: .login("a"), to: 3), submission(of: .login("b"), to: 2),
            submission(of: .login("c"), to: 1), to: ledger)
        record(submission(of: .login("d"), to: 7), submission(of: .login("a"), to: 1), to: ledger)
        let all = try senders()
        #expect(all.map(\.sender) == ["others", "login:a", "login:b"])
        #expect(all.map(\.recipients) == [8, 4, 2])
    }

    @Test func `knows the most of two hours and of a day`() throws {
        let ledger = try open()
        record(
            submission(to: 10, at: .noon - .hours(24)), submission(to: 30, at: .noon - .hours(1)), submission(to: 20),
            submission(to: 5, at: .noon - .hours(25)), to: ledger)
        let peaks = try LedgerReader(directory: folder.path).submissionPeaks(since: .noon - .hours(48))
        #expect(peaks.map(\.twoHours) == [50])
        #expect(peaks.map(\.day) == [60])
        #expect(peaks.map(\.recipients) == [65])
    }
}
