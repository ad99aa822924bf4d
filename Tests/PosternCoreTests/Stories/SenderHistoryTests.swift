// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The history of senders` {
    private let alice = Sender.login("alice@example.com")
    private let web = Sender.localUser(uid: 33)

    private func hour(_ number: Int64, _ second: Int64 = 0) -> Moment { Moment(seconds: number * 3600 + second) }

    private func hours(_ first: Int64, _ last: Int64) -> ClosedRange<Moment> { hour(first)...hour(last) }

    @Test func `counts by sender, kind and hour`() {
        var history = SenderHistory()
        history.count(.accepted, of: alice, at: hour(10))
        history.count(.accepted, of: alice, at: hour(10, 3599))
        history.count(.block, of: alice, at: hour(11))
        history.count(.accepted, of: web, at: hour(10))
        #expect(history.counts(of: alice, in: hours(10, 10))[.accepted] == 2)
        #expect(history.counts(of: alice, in: hours(10, 10))[.block] == 0)
        #expect(history.counts(of: alice, in: hours(10, 11)).total == 3)
        #expect(history.counts(of: alice, in: hours(10, 11)).refusals == 1)
        #expect(history.counts(of: alice, in: hours(12, 99)).total == 0)
        #expect(history.counts(of: .login("nobody"), in: hours(0, 99)).total == 0)
    }

    @Test func `takes lines out of order`() {
        var history = SenderHistory()
        for number: Int64 in [12, 10, 11, 10, 12] { history.count(.failed, of: alice, at: hour(number)) }
        #expect([10, 11, 12].map { history.counts(of: alice, in: hours($0, $0))[.failed] } == [2, 1, 2])
    }

    @Test func `counts hours before 1970 apart`() {
        var history = SenderHistory()
        history.count(.failed, of: alice, at: hour(0, -1))
        history.count(.failed, of: alice, at: hour(0))
        #expect(history.counts(of: alice, in: hours(0, 0)).total == 1)
    }

    @Test func `keeps so many hours, the latest`() {
        var history = SenderHistory(maximumHours: 3)
        for number: Int64 in 1...5 { history.count(.accepted, of: alice, at: hour(number)) }
        history.count(.accepted, of: alice, at: hour(1))
        #expect((1...5).map { history.counts(of: alice, in: hours($0, $0)).total } == [0, 0, 1, 1, 1])
    }

    @Test func `loses one hour at most to a stamp from the future`() {
        var history = SenderHistory(maximumHours: 3)
        for number: Int64 in [1, 2, 3] { history.count(.accepted, of: alice, at: hour(number)) }
        history.count(.accepted, of: alice, at: hour(1_000_000))
        history.count(.accepted, of: alice, at: hour(3))
        #expect((1...3).map { history.counts(of: alice, in: hours($0, $0)).total } == [0, 1, 2])
    }

    @Test func `ranks senders by a weight, the greatest first`() {
        var history = SenderHistory()
        for _ in 0..<3 { history.count(.unknownUser, of: alice, at: hour(1)) }
        for _ in 0..<5 { history.count(.unknownUser, of: web, at: hour(1)) }
        for _ in 0..<9 { history.count(.accepted, of: .login("good"), at: hour(1)) }
        history.count(.unknownUser, of: .login("earlier"), at: hour(0))
        let ranked = history.ranked(in: hours(1, 2), limit: 10) { $0.refusals }
        #expect(ranked.map(\.sender) == [web, alice])
        #expect(ranked.map(\.counts.total) == [5, 3])
        #expect(history.ranked(in: hours(1, 2), limit: 1) { $0.refusals }.map(\.sender) == [web])
        #expect(history.ranked(in: hours(1, 2), limit: -1) { $0.refusals }.isEmpty)
    }

    @Test func `forgets those not heard of for longest when there are too many`() {
        var history = SenderHistory(maximumSenders: 32)
        for number in 0..<33 {
            history.count(.accepted, of: .localUser(uid: UInt32(number)), at: hour(Int64(number)))
        }
        #expect(history.senderCount == 30)
        #expect(history.forgottenCount == 3)
        #expect(history.counts(of: .localUser(uid: 2), in: hours(0, 99)).total == 0)
        #expect(history.counts(of: .localUser(uid: 3), in: hours(0, 99)).total == 1)
    }
}

@Suite struct `The kind of an outcome` {
    @Test(
        arguments: [
            (DeliveryOutcome.sent, nil, OutcomeKind.accepted), (.sent, ReplyClass.ipBlock, .accepted),
            (.deferred, nil, .deferred), (.deferred, .greylist, .deferred), (.deferred, .ipThrottle, .block),
            (.bounced, .ipBlock, .block), (.bounced, .domainBlock, .block), (.bounced, .spamContent, .spamRefusal),
            (.bounced, .reputation, .spamRefusal), (.bounced, .recipientUnknown, .unknownUser),
            (.bounced, nil, .failed),
            (.bounced, .mailboxFull, .failed), (.softBounced, .other, .deferred), (.expired, nil, .failed),
        ] as [(DeliveryOutcome, ReplyClass?, OutcomeKind)])
    func `follows from outcome and reply`(outcome: DeliveryOutcome, replyClass: ReplyClass?, kind: OutcomeKind) {
        #expect(OutcomeKind(outcome, replyClass) == kind)
    }

    @Test(arguments: [DeliveryOutcome.deliverable, .undeliverable])
    func `is none for a probe`(outcome: DeliveryOutcome) {
        #expect(OutcomeKind(outcome, nil) == nil)
    }

    @Test func `is counted up to the greatest number and no further`() {
        var counts = OutcomeCounts()
        counts[.block] = .max
        counts.count(.block)
        counts += counts
        #expect(counts[.block] == .max)
        #expect(counts.total == UInt64(UInt32.max))
    }
}
