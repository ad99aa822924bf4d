// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

@testable import PosternServer

extension PolicyReply {
    /// The action in one word.
    fileprivate var word: String {
        switch self {
        case .dunno: "dunno"
        case .hold: "hold"
        case .refuseForNow: "450"
        case .refuse: "550"
        }
    }
}

@Suite struct `Limits at the policy service` {
    private let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    /// Asks at RCPT about so many recipients of one message each.
    private func recipients(_ range: Range<Int>, of instance: String = "1", _ limits: PolicyLimits) -> [String] {
        range.map {
            limits.answer(PolicyWorld.asked(.recipient, instance: instance, recipient: "r\($0)@example.org")).word
        }
    }

    @Test(arguments: [("defer", "450"), ("reject", "550")])
    func `refuse each recipient over them`(over: String, word: String) throws {
        let limits = try PolicyWorld.limits(in: directory, rates: "3/1h", over: over)
        #expect(recipients(0..<5, limits) == ["dunno", "dunno", "dunno", word, word])
        #expect(recipients(0..<1, of: "2", limits) == [word])
        #expect(limits.answer(PolicyWorld.asked(.recipient, instance: "3", login: "bob")) == .dunno)
    }

    @Test func `say in Postfix's words what the limit is`() throws {
        let limits = try PolicyWorld.limits(in: directory, rates: "1/1h", over: "reject")
        _ = recipients(0..<1, limits)
        #expect(
            limits.answer(PolicyWorld.asked(.recipient, instance: "1", recipient: "x@example.org"))
                == .refuse("too many recipients: the limit is 1/1h"))
    }

    @Test
    func `refuse recipients also where the rule would refuse the message whole, so that the earlier stay counted`()
        throws
    {
        let limits = try PolicyWorld.limits(in: directory, rates: "3/1h", over: "defer", more: "whole = true")
        #expect(recipients(0..<4, limits) == ["dunno", "dunno", "dunno", "450"])
        #expect(recipients(0..<1, of: "2", limits) == ["450"])
    }

    @Test func `hold a message with all its recipients, and count it no more`() throws {
        let mail = try PolicyWorld.mail(in: directory, rates: "3/1h")
        let limits = PolicyLimits(mail)
        #expect(recipients(0..<5, limits) == ["dunno", "dunno", "dunno", "hold", "hold"])
        #expect(mail.limitCounters.held.value == 1)
        #expect(recipients(0..<3, of: "2", limits) == ["dunno", "dunno", "dunno"])
    }

    @Test func `only count where they observe`() throws {
        let mail = try PolicyWorld.mail(in: directory, rates: "2/1h", mode: "observe")
        let limits = PolicyLimits(mail)
        #expect(recipients(0..<5, limits) == Array(repeating: "dunno", count: 5))
        #expect(mail.limitCounters.observed.value == 1)
    }

    @Test(arguments: [PolicyRequest.Stage.data, .endOfMessage])
    func `count all recipients at once where the service is asked later`(stage: PolicyRequest.Stage) throws {
        let limits = try PolicyWorld.limits(in: directory, rates: "10/1h", over: "reject")
        func asked(_ instance: String, _ count: UInt32) -> String {
            limits.answer(PolicyWorld.asked(stage, instance: instance, recipient: "", count: count)).word
        }
        #expect(asked("1", 6) == "dunno")
        #expect(asked("2", 5) == "550")
        #expect(asked("3", 4) == "dunno")
        #expect(asked("4", 1) == "550")
        #expect(asked("5", .max) == "550")
    }

    @Test func `count a message once, at the first stage that is asked about`() throws {
        let limits = try PolicyWorld.limits(in: directory, rates: "4/1h", over: "reject")
        #expect(recipients(0..<2, limits) == ["dunno", "dunno"])
        for stage in [PolicyRequest.Stage.data, .endOfMessage] {
            #expect(limits.answer(PolicyWorld.asked(stage, instance: "1", recipient: "", count: 2)) == .dunno)
        }
        for stage in [PolicyRequest.Stage.data, .endOfMessage] {
            #expect(limits.answer(PolicyWorld.asked(stage, instance: "2", recipient: "", count: 2)) == .dunno)
        }
        #expect(recipients(0..<1, of: "3", limits) == ["550"])
    }

    @Test func `count a recipient once that is asked about twice in a row`() throws {
        let limits = try PolicyWorld.limits(in: directory, rates: "3/1h", over: "defer")
        for number in 0..<3 {
            #expect(
                recipients(number..<number + 1, limits) + recipients(number..<number + 1, limits) == ["dunno", "dunno"])
        }
        #expect(recipients(3..<4, limits) + recipients(3..<4, limits) == ["450", "450"])
    }

    @Test func `answer the same at DATA when the first answer was lost`() throws {
        let mail = try PolicyWorld.mail(in: directory, rates: "3/1h", over: "defer")
        let limits = PolicyLimits(mail)
        let question = PolicyWorld.asked(.data, instance: "1", recipient: "", count: 2)
        #expect([limits.answer(question).word, limits.answer(question).word] == ["dunno", "dunno"])
        let next = PolicyWorld.asked(.data, instance: "2", recipient: "", count: 2)
        #expect([limits.answer(next).word, limits.answer(next).word] == ["450", "450"])
        #expect(mail.limitCounters.refusedMessages.value == 1)
        #expect(recipients(0..<2, of: "3", limits) == ["dunno", "450"])
    }

    @Test func `do not count what ends on this host, nor postmaster`() throws {
        let limits = try PolicyWorld.limits(in: directory, rates: "1/1h", over: "reject")
        for recipient in ["bob@example.com", "postmaster@example.com", "abuse@example.com"] {
            #expect(limits.answer(PolicyWorld.asked(.recipient, instance: "1", recipient: recipient)) == .dunno)
        }
        #expect(
            limits.answer(PolicyWorld.asked(.data, instance: "2", recipient: "bob@example.com", count: 1)) == .dunno)
        #expect(recipients(0..<2, of: "3", limits) == ["dunno", "550"])
    }

    @Test func `do not count who has no login and is not trusted`() throws {
        let limits = try PolicyWorld.limits(
            in: directory, rates: "1/1h", over: "reject",
            more: ["trusted", "local:unknown", "server"].map {
                "[[limit]]\nsenders = \"\($0)\"\nrates = [\"1/1h\"]\nover = \"reject\""
            }.joined(separator: "\n"))
        for number in 0..<5 {
            #expect(limits.answer(PolicyWorld.asked(.recipient, instance: "\(number)", login: "")) == .dunno)
        }
    }

    @Test func `have nothing to say where the milter counts, or where limits are off, or to what cannot be read`()
        throws
    {
        let atMilter = try PolicyWorld.limits(in: directory, rates: "1/1h", over: "reject", at: "milter")
        #expect(recipients(0..<3, atMilter) == ["dunno", "dunno", "dunno"])
        #expect(atMilter.counters.requests.value == 3)
        let off = try PolicyWorld.limits(in: directory, rates: "1/1h", over: "reject", mode: "off")
        #expect(recipients(0..<3, off) == ["dunno", "dunno", "dunno"])
        let limits = try PolicyWorld.limits(in: directory, rates: "1/1h", over: "reject")
        for _ in 0..<3 { #expect(limits.answer(PolicyRequest()) == .dunno) }
        #expect(limits.counters.unreadable.value == 3)
    }

    @Test func `count on after a reload, also a message on its way`() throws {
        let mail = try PolicyWorld.mail(in: directory, rates: "3/1h", over: "defer")
        let limits = PolicyLimits(mail)
        #expect(recipients(0..<2, limits) == ["dunno", "dunno"])
        mail.adopt(try PolicyWorld.configuration(in: directory, rates: "3/1h", over: "reject"))
        #expect(recipients(2..<4, limits) == ["dunno", "550"])
    }

    @Test func `are the milter's for sendmail only, which meets no policy service`() throws {
        let alice = SenderIdentity.accountable(.login("alice"), .login)
        let atPolicy = try PolicyWorld.mail(in: directory, rates: "3/1h").policy
        #expect(atPolicy.gate(of: alice, from: .smtp(nil)) == nil)
        #expect(atPolicy.gate(of: alice, from: .sendmail) != nil)
        let atMilter = try PolicyWorld.mail(in: directory, rates: "3/1h", at: "milter").policy
        #expect(atMilter.gate(of: alice, from: .smtp(nil)) != nil)
    }
}

@Suite struct `Recent messages` {
    private func message(_ stage: PolicyRequest.Stage) -> PolicyMessage {
        PolicyMessage(identity: .outsider, stage: stage)
    }

    @Test func `are forgotten in the order in which they came, and no sooner than there is no room`() {
        var recent = RecentMessages(capacity: 2)
        func stage(_ instance: String, orElse new: PolicyRequest.Stage) -> PolicyRequest.Stage {
            recent.withMessage(instance, begin: { message(new) }) { $0.stage }
        }
        #expect(stage("a", orElse: .recipient) == .recipient)
        #expect(stage("b", orElse: .recipient) == .recipient)
        #expect(stage("a", orElse: .data) == .recipient)
        #expect(stage("c", orElse: .recipient) == .recipient)
        #expect(stage("b", orElse: .data) == .recipient)
        #expect(stage("a", orElse: .data) == .data)
        #expect(stage("b", orElse: .data) == .data)
    }

    @Test(arguments: ["", String(repeating: "x", count: 129)])
    func `without a name, or with one that is too long, are not kept`(instance: String) {
        var recent = RecentMessages(capacity: 2)
        _ = recent.withMessage(instance, begin: { message(.recipient) }) { $0.stage }
        let stage = recent.withMessage(instance, begin: { message(.data) }) { $0.stage }
        #expect(stage == .data)
    }
}

@Suite struct `The policy settings` {
    @Test func `refuse limits at a policy service that is not there`() throws {
        let directory = try ScratchDirectory()
        let file = try directory.write("[policy]\nlimits-at = \"policy\"\n".utf8, to: "postern.toml")
        #expect(throws: (any Error).self) { try Configuration.load(file) }
    }
}
