// SPDX-License-Identifier: Apache-2.0

/// A time during which a provider's mail waited or was slowed.
public struct ListingSpan: Codable, Hashable, Sendable {
    /// The provider.
    public var provider: String
    /// `slowed`, `listed`, `probing`, `reopening` or `paused`.
    public var state: String
    /// From when.
    public var from: Timestamp
    /// Until when; `nil` while it lasts.
    public var until: Timestamp?

    /// A span of its parts.
    public init(provider: String, state: String, from: Timestamp, until: Timestamp? = nil) {
        self.provider = provider
        self.state = state
        self.from = from
        self.until = until
    }
}
