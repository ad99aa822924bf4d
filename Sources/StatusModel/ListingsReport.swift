// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What `GET /v1/listings` answers.
public struct ListingsReport: Codable, Hashable, Sendable {
    /// The mode in force: off, observe or enforce.
    public var mode: String
    /// Since when the mail log cannot be read: no new pause opens meanwhile.
    public var blindSince: Timestamp?
    /// The listings there are, by provider; a provider that never refused us has none.
    public var listings: [ListingReport]

    /// A report of its parts.
    public init(mode: String, blindSince: Timestamp? = nil, listings: [ListingReport] = []) {
        self.mode = mode
        self.blindSince = blindSince
        self.listings = listings
    }

    /// A report of what the listings remember, with what waits for each provider.
    public init(mode: String, _ snapshot: ListingsSnapshot, waiting: [String: WaitingReport] = [:]) {
        self.init(
            mode: mode, blindSince: snapshot.blindSince.map(Timestamp.init),
            listings: snapshot.entries.map { ListingReport($0, waiting: waiting[$0.key.provider.name]) })
    }
}
