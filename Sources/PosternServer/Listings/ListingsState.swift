// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What the listings remember beyond the process, as one text in the ledger.
struct ListingsState: Hashable, Sendable, Codable {
    /// What is told of one listing.
    struct Told: Hashable, Sendable, Codable {
        var key: ListingKey
        var note: ListingNote
    }

    /// The listings.
    var listings = ListingsSnapshot()
    /// The messages of whose time in the queue something was said.
    var watched: [QueuedMessage] = []
    var told: [Told] = []
}
