// SPDX-License-Identifier: Apache-2.0

/// All plans: how long a listing waits before each probe, by the words of its refusal.
public struct ProbePlans: Hashable, Sendable {
    /// The rules, the first that fits decides.
    public var rules: [ProbePlanRule]
    /// For a block that no rule knows.
    public var block: ProbePlan
    /// For a throttle that no rule knows.
    public var throttle: ProbePlan

    /// A table of rules.
    public init(rules: [ProbePlanRule], block: ProbePlan, throttle: ProbePlan) {
        self.rules = rules
        self.block = block
        self.throttle = throttle
    }

    /// The table that is shipped.
    ///
    /// Microsoft's consumer block (S3140, S3150) is confirmed soon, as one host of many may err, and then left alone:
    /// removal takes a day or two. Yahoo asks for hours of silence after TSS. A list of Spamhaus is asked by DNS.
    public static let standard = ProbePlans(
        rules: [
            ProbePlanRule(word: "spamhaus", plan: spamhaus),
            ProbePlanRule(provider: "microsoft", tokens: ["AS3130", "S3130"], plan: spamhaus),
            ProbePlanRule(
                provider: "microsoft", tokens: ["S3140", "S3150", "AS3140", "AS3150"],
                plan: ProbePlan(
                    "microsoft-block",
                    [.minutes(5), .minutes(30), .hours(1), .hours(2), .hours(4), .hours(6)])),
            ProbePlanRule(
                provider: "microsoft",
                tokens: [
                    "5.7.606", "5.7.607", "5.7.608", "5.7.609", "5.7.61", "5.7.62", "5.7.63", "5.7.64", "5.7.511",
                ],
                plan: ProbePlan("microsoft-365-block", [.minutes(30), .hours(1), .hours(2), .hours(4), .hours(6)])),
            ProbePlanRule(
                provider: "microsoft", tokens: ["4.7.65", "RP-00"],
                plan: ProbePlan("microsoft-throttle", [.minutes(10), .minutes(20), .minutes(40), .minutes(60)])),
            ProbePlanRule(
                provider: "yahoo", tokens: ["TS"], plan: ProbePlan("yahoo-tss", [.hours(2), .hours(4)])),
        ],
        block: ProbePlan("block", [.minutes(15), .minutes(30), .hours(1), .hours(2), .hours(4), .hours(6)]),
        throttle: ProbePlan("throttle", [.minutes(10), .minutes(20), .minutes(40), .minutes(60)]))

    private static let spamhaus = ProbePlan(
        "spamhaus", [.minutes(30), .hours(1), .hours(2), .hours(4), .hours(6)], waitsForDNS: true)

    /// The plan of a reply.
    func plan(for evidence: ListingEvidence, of provider: Provider, as severity: ListingCause.Severity) -> ProbePlan {
        if let rule = rules.first(where: { $0.fits(evidence, of: provider) }) { return rule.plan }
        return severity == .blocked ? block : throttle
    }

    /// The plan of a name, as a listing remembers it; one that is no longer in the table goes by its severity.
    public func plan(of cause: ListingCause?) -> ProbePlan {
        guard let cause else { return block }
        if let rule = rules.first(where: { $0.plan.name == cause.plan }) { return rule.plan }
        return cause.severity == .blocked ? block : throttle
    }
}
