// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One rule: how a reply looks, and what it then means.
///
/// Immutable; a class, so that trying a rule copies nothing.
public final class ReplyRule: Sendable {
    /// The rule's name, unique among all rules.
    public let name: String
    /// The path of the file it stands in.
    public let file: String
    /// The family of MX hosts whose wording this is; `nil` for what any server may say.
    public let provider: Provider?
    /// Other families whose hosts word it the same way.
    public let sharers: Set<Provider>
    /// Whether a host that is not the provider's may say it too: filtering software that customers run under their own names.
    public let isSaidAnywhere: Bool
    /// What such a reply is about.
    public let replyClass: ReplyClass
    /// Whom such a reply is about.
    public let scope: RefusalScope
    /// What such a reply tells about our address.
    public let grade: EvidenceGrade
    /// Whether a customer of the provider can word it.
    public let isTenantWorded: Bool
    /// The key of the remedy, if there is one.
    public let remedy: String?
    /// SMTP codes of which the reply must have one; empty: any, or none.
    public let codes: ReplyCodes
    /// Enhanced status codes of which the reply must have one; empty: any, or none.
    public let statuses: StatusRanges
    /// Stages at one of which the reply must have come, where that is known; empty: any.
    public let stages: Set<DeliveryStage>
    /// Lower-case texts of which the reply must hold one; empty: no such condition.
    public let phrases: [String]
    /// Lower-case texts of which the reply must hold none.
    public let unless: [String]
    /// The regular expression (PCRE2, without regard to case) that the reply must match, `{start}` and `{ip}` filled in.
    public var pattern: String? { text?.source }
    /// The replies that prove the rule.
    public let samples: [Sample]

    let text: Pattern?
    /// Patterns whose first group is the code that the reply names; the first that matches tells it.
    let tokens: [Pattern]

    /// A rule that has been read and judged good by itself.
    init(
        name: String, file: String, provider: Provider?, sharers: Set<Provider>, isSaidAnywhere: Bool,
        replyClass: ReplyClass,
        scope: RefusalScope, grade: EvidenceGrade, isTenantWorded: Bool, remedy: String?, codes: ReplyCodes,
        statuses: StatusRanges, stages: Set<DeliveryStage>, phrases: [String], unless: [String], samples: [Sample],
        text: Pattern?, tokens: [Pattern]
    ) {
        self.name = name
        self.file = file
        self.provider = provider
        self.sharers = sharers
        self.isSaidAnywhere = isSaidAnywhere
        self.replyClass = replyClass
        self.scope = scope
        self.grade = grade
        self.isTenantWorded = isTenantWorded
        self.remedy = remedy
        self.codes = codes
        self.statuses = statuses
        self.stages = stages
        self.phrases = phrases
        self.unless = unless
        self.samples = samples
        self.text = text
        self.tokens = tokens
    }

    /// A reply as it was seen, which the rule must claim.
    public struct Sample: Hashable, Sendable {
        /// The reply.
        public let reply: SMTPReply
        /// The host that gave it, if the source tells.
        public let host: String?
        /// Where it was published, or whose wording it is.
        public let source: String
    }

    /// Whether code, status and stage allow the rule, before any text is read.
    func admits(code: UInt16?, status: EnhancedStatusCode?, stage: DeliveryStage) -> Bool {
        codes.admits(code: code, status: status) && statuses.admits(status)
            && (stages.isEmpty || stage == .unknown || stages.contains(stage))
    }
}
