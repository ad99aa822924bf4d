// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Which senders are asked for, and by what they are ranked.
public struct SenderQuery: Hashable, Sendable {
    /// What the first of the ranking has most of.
    public enum Order: String, Hashable, Sendable, CaseIterable {
        /// Recipients asked for.
        case volume
        /// Recipients asked for beyond the sender's own usual.
        case excess
        /// Messages held or refused by a limit.
        case held
    }

    /// The hour of this moment is the first that counts.
    public var since: Moment
    /// The hour of this moment is the last that counts.
    public var until: Moment
    /// By what they are ranked.
    public var order: Order
    /// Only this sender, by its name (`Sender.name`).
    public var sender: String?
    /// Senders in the answer, at most.
    public var limit: Int

    /// A question.
    public init(since: Moment, until: Moment, order: Order = .volume, sender: String? = nil, limit: Int = 50) {
        self.since = since
        self.until = until
        self.order = order
        self.sender = sender
        self.limit = limit
    }
}
