// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What one reply says: the answer of `ReplyRules`.
public struct ReplyReading: Hashable, Sendable {
    /// What the reply is about; `other` where no rule knows it.
    public var replyClass: ReplyClass
    /// Whom it is about.
    public var scope: RefusalScope
    /// How much it tells about our address.
    public var grade: EvidenceGrade
    /// The family of MX hosts: by the host where one was given, else by the wording; `nil` if neither tells.
    public var provider: Provider?
    /// Whether the wording and the host belong together; `true` also where no host was given.
    ///
    /// `false`: a provider's wording came from a host that is not that provider's, so nothing about the provider follows.
    public var isWordedByItsHost: Bool
    /// Whether a customer of the provider can word such a reply: then two recipient domains must have said it.
    public var isTenantWorded: Bool
    /// The rule that matched; `nil` if none did.
    public var rule: String?
    /// The code that the reply names, such as `S3150` or `4.7.650`; `nil` if the rule knows of none.
    public var token: String?
    /// The address that the reply is about, as it names it; `nil` if it names none, or hides it.
    public var listedAddress: ClientAddress?
    /// The key of the remedy; `nil` if the rule has none.
    public var remedy: String?
    /// Rules whose pattern gave up on this text at its limit, and so did not match: worth a warning.
    public var exhaustedRules: [String]

    /// Whether the reply is evidence that our address or network is blocked or listed.
    ///
    /// The listing machine wants more: the provider by its host, and a `grade`.
    public var isListing: Bool {
        replyClass == .ipBlock && scope == .ourAddress && isWordedByItsHost
    }

    /// The reading as the listing machine hears it.
    public var evidence: ListingEvidence {
        ListingEvidence(
            replyClass: replyClass, scope: scope, grade: grade, isWordedByItsHost: isWordedByItsHost,
            isTenantWorded: isTenantWorded, token: token, rule: rule, listedAddress: listedAddress)
    }
}
