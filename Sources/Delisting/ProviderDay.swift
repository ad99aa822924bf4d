// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What became of our mail to one provider on one day, in UTC.
public struct ProviderDay: Hashable, Sendable {
    /// When the day began.
    public var start: Moment
    /// Accepted.
    public var accepted: Int
    /// Deferred or bounced: attempts, not messages.
    public var refused: Int

    /// A day of its parts.
    public init(start: Moment, accepted: Int, refused: Int) {
        self.start = start
        self.accepted = accepted
        self.refused = refused
    }
}
