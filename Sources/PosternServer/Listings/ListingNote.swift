// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What is told of a listing beyond what it is judged by.
struct ListingNote: Hashable, Sendable, Codable {
    /// The refusal on which it rests.
    struct Evidence: Hashable, Sendable, Codable {
        var domain: String
        var queueID: QueueID?
        var at: Moment
        /// The code that it named.
        var token: String?
        /// The provider's words, cut to what an alert can hold.
        var reply: String?
    }

    /// When it left `clear`.
    var openedAt: Moment?
    /// How many attempts to deliver the pause has saved.
    var attemptsSaved = 0
    /// The last refusal that counted.
    var evidence: Evidence?
}
