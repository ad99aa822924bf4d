// SPDX-License-Identifier: Apache-2.0

/// An effect, and the listing whose it is.
public struct ListingOrder: Hashable, Sendable {
    /// The listing.
    public var key: ListingKey
    /// What is to be done.
    public var effect: ListingEffect

    /// An effect of a listing.
    public init(_ key: ListingKey, _ effect: ListingEffect) {
        self.key = key
        self.effect = effect
    }
}
