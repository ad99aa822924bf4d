// SPDX-License-Identifier: Apache-2.0

/// What the reply rules read in one reply, as far as a listing may rest on it.
public struct ListingEvidence: Hashable, Sendable {
    /// What the reply is about.
    public var replyClass: ReplyClass
    /// Whom it is about; only `ourAddress` can pause a provider.
    public var scope: RefusalScope
    /// How much it tells about our address.
    public var grade: EvidenceGrade
    /// Whether the wording is that of the provider whose host spoke.
    public var isWordedByItsHost: Bool
    /// Whether a customer of the provider can word such a reply: then two recipient domains must have said it.
    public var isTenantWorded: Bool
    /// The code that the reply names, such as `S3150`; written by the other side.
    public var token: String?
    /// The rule that matched.
    public var rule: String?
    /// The address that the reply is about, as it names it.
    public var listedAddress: ClientAddress?

    /// Evidence as a reply rule read it.
    public init(
        replyClass: ReplyClass, scope: RefusalScope = .ourAddress, grade: EvidenceGrade,
        isWordedByItsHost: Bool = true, isTenantWorded: Bool = false, token: String? = nil, rule: String? = nil,
        listedAddress: ClientAddress? = nil
    ) {
        self.replyClass = replyClass
        self.scope = scope
        self.grade = grade
        self.isWordedByItsHost = isWordedByItsHost
        self.isTenantWorded = isTenantWorded
        self.token = token
        self.rule = rule
        self.listedAddress = listedAddress
    }
}
