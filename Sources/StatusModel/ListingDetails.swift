// SPDX-License-Identifier: Apache-2.0

/// What `GET /v1/listings/PROVIDER` answers: all that is known of one provider.
public struct ListingDetails: Codable, Hashable, Sendable {
    /// The provider.
    public var provider: String
    /// Its listings: one for each family of our addresses that it ever refused.
    public var listings: [ListingReport]
    /// What happened, the newest first.
    public var history: [ListingStep]
    /// What it refused lately because of our address, the newest first: the evidence.
    public var evidence: [RejectionReport]
    /// What can be done about it.
    public var remedy: RemedyReport?
    /// A request to be taken off its list, ready to be sent; `nil` where there is none.
    public var delistingDraft: String?

    /// Details of their parts.
    public init(
        provider: String, listings: [ListingReport] = [], history: [ListingStep] = [],
        evidence: [RejectionReport] = [], remedy: RemedyReport? = nil, delistingDraft: String? = nil
    ) {
        self.provider = provider
        self.listings = listings
        self.history = history
        self.evidence = evidence
        self.remedy = remedy
        self.delistingDraft = delistingDraft
    }
}
