// SPDX-License-Identifier: Apache-2.0

/// What one listing is about: a provider, and the family of the address that it may refuse.
public struct ListingKey: Hashable, Sendable, Codable {
    /// The provider whose mail waits.
    public var provider: Provider
    /// The family of our address, as the relay's address tells it.
    public var family: AddressFamily

    /// A key of its two parts.
    public init(_ provider: Provider, _ family: AddressFamily = .v4) {
        self.provider = provider
        self.family = family
    }
}

extension ListingKey: Comparable {
    /// By the provider's name, then IPv4 before IPv6.
    public static func < (left: ListingKey, right: ListingKey) -> Bool {
        (left.provider.name, left.family.rawValue) < (right.provider.name, right.family.rawValue)
    }
}

extension ListingKey: CustomStringConvertible {
    /// The provider's name; for IPv6 with `/v6` after it.
    public var description: String {
        family == .v4 ? provider.name : "\(provider.name)/\(family.rawValue)"
    }
}
