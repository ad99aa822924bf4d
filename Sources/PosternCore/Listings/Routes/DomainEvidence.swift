// SPDX-License-Identifier: Apache-2.0

/// How it is known that a provider serves a domain.
public enum DomainEvidence: String, Hashable, Sendable, CaseIterable, Codable {
    /// It stands in the shipped table.
    case shipped
    /// The domain's MX names a host of the provider's.
    case mx
    /// A host of the provider's answered for the domain.
    case log
}
