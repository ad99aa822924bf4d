// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The plan of a listing` {
    private func plan(_ provider: String, _ evidence: ListingEvidence) -> String? {
        var machine = ListingMachine(ListingKey(Provider(provider)), settings: ListingSettings())
        for minute in [0.0, 1, 5] { _ = machine.heard(.refused(evidence, at: .at(minute), by: Provider(provider))) }
        return machine.state.name == .listed ? machine.memory.cause?.plan : nil
    }

    @Test(
        arguments: [
            ("microsoft-consumer", "S3140", "microsoft-block"), ("microsoft-consumer", "AS3150", "microsoft-block"),
            ("microsoft-consumer", "AS3130", "spamhaus"), ("gmx", "zen.spamhaus.org", "spamhaus"),
            ("microsoft-365", "5.7.606", "microsoft-365-block"), ("microsoft-365", "5.7.649", "microsoft-365-block"),
            ("microsoft-365", "5.7.511", "microsoft-365-block"), ("microsoft-consumer", "SC-001", "block"),
            ("yahoo", "TSS04", "yahoo-tss"), ("yahoo", "TS03", "yahoo-tss"), ("gmx", "S3150", "block"),
            ("microsoft-365", "5.7.605", "block"),
        ])
    func `follows from the provider and the code that a block names`(provider: String, token: String, name: String) {
        #expect(plan(provider, ListingEvidence(replyClass: .ipBlock, grade: .unmistakable, token: token)) == name)
    }

    @Test(
        arguments: [
            ("microsoft-consumer", "4.7.650", "microsoft-throttle"),
            ("microsoft-consumer", "RP-001", "microsoft-throttle"),
            ("yahoo", "TSS04", "yahoo-tss"), ("gmail", "4.7.28", "throttle"),
        ])
    func `follows from the provider and the code that a throttle names`(provider: String, token: String, name: String) {
        #expect(plan(provider, ListingEvidence(replyClass: .ipThrottle, grade: .precursor, token: token)) == name)
    }

    @Test func `is known by the rule's name where the reply names no list`() {
        let evidence = ListingEvidence(replyClass: .ipBlock, grade: .unmistakable, rule: "yahoo-spamhaus")
        #expect(plan("yahoo", evidence) == "spamhaus")
    }

    @Test func `waits as long as the last time where its steps end, and an hour where it has none`() {
        let plan = ProbePlan("p", [.minutes(5), .hours(1)])
        #expect([-1, 0, 1, 2, .max].map(plan.interval) == [.minutes(5), .minutes(5), .hours(1), .hours(1), .hours(1)])
        #expect(ProbePlan("p", []).interval(0) == .hours(1))
    }
}
