// SPDX-License-Identifier: Apache-2.0

/// All that the listings remember, to be stored and gone on from.
public struct ListingsSnapshot: Hashable, Sendable, Codable {
    /// One listing.
    public struct Entry: Hashable, Sendable, Codable {
        /// Its provider and address family.
        public var key: ListingKey
        /// What it remembers.
        public var memory: ListingMemory

        /// A listing of its two parts.
        public init(key: ListingKey, memory: ListingMemory) {
            self.key = key
            self.memory = memory
        }
    }

    /// The listings, by key.
    public var entries: [Entry]
    /// Since when the log cannot be read.
    public var blindSince: Moment?

    /// A snapshot of its parts.
    public init(entries: [Entry] = [], blindSince: Moment? = nil) {
        self.entries = entries
        self.blindSince = blindSince
    }
}
