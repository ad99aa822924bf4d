// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The rules that a message meets` {
    private let key = HashKey(low: 1, high: 2)
    private let rate = [Rate(limit: 10, window: .minutes(10))]

    private func rule(_ name: String, _ subject: LimitRule.Subject, _ over: LimitRule.Action = .hold) -> LimitRule {
        LimitRule(name: name, subject: subject, rates: rate, over: over)
    }

    private func names(_ rules: [LimitRule], _ sender: Sender, _ senderClass: SenderClass = .login) -> [String] {
        LimitRules(rules, hashKey: key).applying(to: sender, senderClass).map { rules[$0.rule].name }
    }

    @Test func `are of one sender before a pattern before the class, in whatever order they stand`() throws {
        let all = [
            rule("class", .senders(.login)), rule("pattern", .named(try SenderPattern(parsing: "*@example.com"))),
            rule("one", .named(try SenderPattern(parsing: "alice@example.com"))),
        ]
        for rules in [all, all.reversed()] {
            #expect(names(rules, .login("alice@example.com")) == ["one"])
            #expect(names(rules, .login("bob@example.com")) == ["pattern"])
            #expect(names(rules, .login("carol@example.org")) == ["class"])
        }
    }

    @Test func `are of every level at once, the strictest first`() {
        let rules = [
            rule("login", .senders(.login), .hold), rule("any domain", .domain(nil), .observe),
            rule("domain", .domain("example.com"), .reject), rule("server", .server, .defer),
        ]
        #expect(names(rules, .login("alice@example.com")) == ["domain", "server", "login"])
        #expect(names(rules, .login("alice@example.org")) == ["server", "login", "any domain"])
        #expect(names(rules, .login("alice")) == ["server", "login"])
        #expect(names(rules, .localUser(uid: 0), .systemUser) == ["server"])
    }

    @Test func `share a count in a domain, and have one each among its senders`() {
        let rules = LimitRules([rule("login", .senders(.login)), rule("domain", .domain(nil))], hashKey: key)
        let alice = rules.applying(to: .login("alice@example.com"), .login)
        let bob = rules.applying(to: .login("bob@example.com"), .login)
        #expect(alice[0].key != bob[0].key)
        #expect(alice[1].key == bob[1].key)
    }

    @Test func `of a script stand beside those of its user`() {
        let rules = [rule("script", .subSenders(.webUser)), rule("web", .senders(.webUser))]
        let user = Sender.localUser(uid: 33)
        let sub = SubSender(of: user, originatingScript: "form.php", envelopeSender: "")
        let applied = LimitRules(rules, hashKey: key).applying(to: user, .webUser, subSender: sub)
        #expect(applied.map { rules[$0.rule].name } == ["script", "web"])
        #expect(applied[1].key == SenderKey(user, key: key))
    }

    @Test(arguments: SenderClass.allCases) func `of a site that states none are at most one for each class`(
        senderClass: SenderClass
    ) {
        let rules = LimitRules(LimitRule.defaults, hashKey: key)
        let names = rules.applying(to: .unknownLocalUser, senderClass).map { LimitRule.defaults[$0.rule] }
        switch senderClass {
        case .login: #expect(names.map(\.rates.description) == ["[150/10m, 300/1h, 1000/1d]"])
        case .webUser: #expect(names.map(\.rates.description) == ["[30/10m, 100/1h, 500/1d]"])
        case .unknownLocal: #expect(names.map(\.over) == [.hold])
        case .systemUser: #expect(names.map(\.over) == [.observe])
        case .trustedHost, .listManager, .forwarder: #expect(names.isEmpty)
        }
    }

    @Test func `tell how much they let through at once`() {
        #expect(LimitRule.defaults.map(\.largestAtOnce) == [150, 30, 100, 200])
        #expect(LimitRule(name: "none", subject: .server, rates: [], over: .hold).largestAtOnce == nil)
    }
}
