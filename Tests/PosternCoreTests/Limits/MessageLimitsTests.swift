// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A message` {
    private let start = Moment(seconds: 1_800_000_000)
    private let alice = Sender.login("alice@example.com")

    /// A site with its rules and counters.
    private struct Site {
        let rules: LimitRules
        var store: UnsharedLimitStore

        init(_ rules: LimitRule...) {
            self.rules = LimitRules(rules, hashKey: HashKey(low: 1, high: 2))
            store = UnsharedLimitStore(rules: self.rules, shardCount: 8, capacity: 1000)
        }

        func message(of sender: Sender, subSender: SubSender? = nil) -> MessageLimits {
            MessageLimits(rules.applying(to: sender, .login, subSender: subSender), rules: rules)
        }

        mutating func used(_ sender: Sender, at moment: Moment) -> [UInt64] {
            rules.applying(to: sender, .login).map { limit in
                store.withShard(limit.key.shard(of: store.shardCount)) { $0.usage(of: limit, at: moment) }
                    .first?.used ?? 0
            }
        }
    }

    private func rule(
        _ limit: UInt32, _ over: LimitRule.Action, subject: LimitRule.Subject = .senders(.login), whole: Bool = false,
        unit: LimitRule.Unit = .recipients
    ) -> LimitRule {
        LimitRule(
            name: "\(subject)", subject: subject, rates: [Rate(limit: limit, window: .minutes(10))], over: over,
            whole: whole, unit: unit)
    }

    private func breached(_ verdict: MessageLimits.RecipientVerdict) -> Bool { verdict != .accept }

    @Test(arguments: [LimitRule.Action.defer, .reject])
    func `over the limit loses the recipients over it, and goes to the others`(action: LimitRule.Action) {
        var site = Site(rule(3, action))
        var message = site.message(of: alice)
        let verdicts = (0..<5).map { _ in message.recipient(at: start, in: &site.store) }
        #expect(verdicts.map(breached) == [false, false, false, true, true])
        #expect(message.verdict == .accept)
        #expect(site.used(alice, at: start) == [3])
    }

    @Test func `over a limit for whole messages is refused at DATA, with nothing counted`() {
        var site = Site(rule(3, .defer, whole: true))
        var message = site.message(of: alice)
        for _ in 0..<5 { #expect(message.recipient(at: start, in: &site.store) == .accept) }
        guard case .refuse(let breach) = message.verdict else {
            Issue.record("the message was not refused")
            return
        }
        #expect(breach.over == .defer && breach.rate.limit == 3)
        #expect(site.used(alice, at: start) == [0])
    }

    @Test func `over a limit that holds is accepted for all recipients and held, with nothing counted`() {
        var site = Site(rule(3, .hold))
        var message = site.message(of: alice)
        for _ in 0..<5 { #expect(message.recipient(at: start, in: &site.store) == .accept) }
        guard case .hold = message.verdict else {
            Issue.record("the message was not held")
            return
        }
        #expect(site.used(alice, at: start) == [0])
    }

    @Test func `over a limit that observes passes and is reported once`() {
        var site = Site(rule(3, .observe))
        var message = site.message(of: alice)
        for _ in 0..<5 { #expect(message.recipient(at: start, in: &site.store) == .accept) }
        #expect(message.verdict == .accept)
        #expect(message.observed.count == 1)
        #expect(site.used(alice, at: start) == [5])
    }

    @Test func `that is reset counts nothing, and the next may have as many recipients`() {
        var site = Site(rule(3, .defer))
        var message = site.message(of: alice)
        for _ in 0..<3 { _ = message.recipient(at: start, in: &site.store) }
        message.abandon(at: start + .minutes(5), in: &site.store)
        var next = site.message(of: alice)
        for _ in 0..<3 { #expect(next.recipient(at: start + .minutes(5), in: &site.store) == .accept) }
        #expect(breached(next.recipient(at: start + .minutes(5), in: &site.store)))
    }

    @Test func `that is reset twice gives back once`() {
        var site = Site(rule(3, .defer))
        var first = site.message(of: alice)
        _ = first.recipient(at: start, in: &site.store)
        var second = site.message(of: alice)
        _ = second.recipient(at: start, in: &site.store)
        second.abandon(at: start, in: &site.store)
        second.abandon(at: start, in: &site.store)
        #expect(site.used(alice, at: start) == [1])
    }

    @Test func `gives back recipients that the log says were refused, each where it was counted`() {
        var site = Site(rule(3, .defer))
        var message = site.message(of: alice)
        _ = message.recipient(at: start, in: &site.store)
        _ = message.recipient(at: start + .minutes(5), in: &site.store)
        var receipt = message.receipt
        #expect(receipt.recipients == 2)
        receipt.giveBack(recipients: 1, at: start + .minutes(6), in: &site.store)
        #expect(site.used(alice, at: start + .minutes(6)) == [1])
        // What is left is the first, which leaves the window before the second would have.
        #expect(site.used(alice, at: start + .minutes(11)) == [0])
    }

    @Test func `counts as a whole or not at all where only the number of recipients is known`() {
        var site = Site(rule(10, .defer))
        var first = site.message(of: alice)
        #expect(first.message(recipients: 8, at: start, in: &site.store) == .accept)
        var second = site.message(of: alice)
        guard case .refuse = second.message(recipients: 3, at: start, in: &site.store) else {
            Issue.record("eleven passed")
            return
        }
        #expect(site.used(alice, at: start) == [8])
        var third = site.message(of: alice)
        #expect(third.message(recipients: 2, at: start, in: &site.store) == .accept)
    }

    @Test(arguments: [Int.min, -1, 0]) func `without recipients counts nothing`(recipients: Int) {
        var site = Site(rule(1, .reject, unit: .messages))
        var message = site.message(of: alice)
        #expect(message.message(recipients: recipients, at: start, in: &site.store) == .accept)
        #expect(site.used(alice, at: start) == [0])
    }

    @Test func `from sendmail is held where it would be refused for now, and refused only for good`() {
        var site = Site(rule(1, .defer))
        var held = site.message(of: alice)
        guard case .hold = held.localMessage(recipients: 2, at: start, in: &site.store) else {
            Issue.record("local mail was deferred")
            return
        }
        var strict = Site(rule(1, .reject))
        var refused = strict.message(of: alice)
        guard case .refuse = refused.localMessage(recipients: 2, at: start, in: &strict.store) else {
            Issue.record("local mail was not refused")
            return
        }
    }

    @Test func `counts one under a rule for messages, with its first recipient, and back with its last`() {
        var site = Site(rule(2, .defer, unit: .messages))
        var first = site.message(of: alice)
        for _ in 0..<50 { #expect(first.recipient(at: start, in: &site.store) == .accept) }
        #expect(site.used(alice, at: start) == [1])
        var second = site.message(of: alice)
        _ = second.recipient(at: start, in: &site.store)
        var third = site.message(of: alice)
        #expect(breached(third.recipient(at: start, in: &site.store)))
        var receipt = first.receipt
        receipt.giveBack(recipients: 49, at: start, in: &site.store)
        #expect(site.used(alice, at: start) == [2])
        receipt.giveBack(recipients: 1, at: start, in: &site.store)
        #expect(site.used(alice, at: start) == [1])
    }

    @Test func `counts under all its rules or under none`() {
        var site = Site(rule(5, .reject, subject: .server), rule(3, .defer), rule(4, .hold, subject: .domain(nil)))
        var message = site.message(of: alice)
        for _ in 0..<3 { #expect(message.recipient(at: start, in: &site.store) == .accept) }
        #expect(breached(message.recipient(at: start, in: &site.store)))
        #expect(site.used(alice, at: start) == [3, 3, 3])
        // Bob has room of his own; one more fills the domain, and the second is too many for it.
        let bob = Sender.login("bob@example.com")
        var other = site.message(of: bob)
        _ = other.recipient(at: start, in: &site.store)
        _ = other.recipient(at: start, in: &site.store)
        guard case .hold = other.verdict else {
            Issue.record("the domain had no room, and bob's message was not held")
            return
        }
        #expect(site.used(bob, at: start) == [3, 0, 3])
    }

    @Test func `of a script can use no more than its user has, whatever the script may`() {
        let user = Sender.localUser(uid: 33)
        var site = Site(rule(3, .defer), rule(100, .defer, subject: .subSenders(.login)))
        var passed = 0
        for number in 0..<50 {
            let sub = SubSender(of: user, originatingScript: "\(number).php", envelopeSender: "")
            var message = site.message(of: user, subSender: sub)
            if message.recipient(at: start, in: &site.store) == .accept { passed += 1 }
        }
        #expect(passed == 3)
    }

    @Test func `of a sender whom no rule names passes`() {
        var site = Site(rule(1, .reject, subject: .senders(.webUser)))
        var message = site.message(of: alice)
        #expect(message.message(recipients: 10_000, at: start, in: &site.store) == .accept)
    }

    @Test func `with a rule that does not exist passes, and breaks nothing`() {
        var site = Site(rule(1, .reject))
        let strange = AppliedLimit(rule: 99, key: .server)
        var message = MessageLimits([strange], rules: site.rules)
        #expect(message.message(recipients: 5, at: start, in: &site.store) == .accept)
        site.store.withShard(0) { shard in
            #expect(shard.take(5, strange, at: start) == nil)
            shard.giveBack(5, strange, takenAt: start, at: start)
            #expect(shard.usage(of: strange, at: start).isEmpty)
            #expect(shard.takeChanges(ofRule: -1, 5).isEmpty)
        }
    }

    @Test(arguments: ["Alice@Example.com", "ALICE@example.com.", "\"alice\"@example.com", " alice@example.com"])
    func `under another spelling of the login has no room of its own`(spelling: String) throws {
        var site = Site(rule(1, .reject))
        let policy = SenderPolicy()
        for (login, passes) in [("alice@example.com", true), (spelling, false)] {
            let facts = SubmissionFacts(entrance: .smtp(nil), login: login)
            var message = site.message(of: try #require(policy.identity(of: facts).sender))
            #expect((message.recipient(at: start, in: &site.store) == .accept) == passes)
        }
    }
}
