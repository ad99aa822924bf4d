// SPDX-License-Identifier: Apache-2.0

/// A domain, and the provider that serves it.
public struct ProviderDomain: Hashable, Sendable, Codable {
    /// The domain, in lower case.
    public var domain: String
    /// Who serves it.
    public var provider: Provider
    /// How that is known.
    public var evidence: DomainEvidence
    /// When it was last seen to be so.
    public var seenAt: Moment

    /// A domain as it was learnt.
    public init(domain: String, provider: Provider, evidence: DomainEvidence, seenAt: Moment) {
        self.domain = domain
        self.provider = provider
        self.evidence = evidence
        self.seenAt = seenAt
    }
}
