// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A sender whose mail is held because a tripwire tripped.
public struct StoppedSender: Hashable, Sendable {
    /// As `Sender.name` has it.
    public let name: String
    /// When, on the limiter's clock.
    public let since: Moment
    /// Until when, on the limiter's clock, unless somebody frees it.
    public let until: Moment
    /// What tripped, in words.
    public let reason: String

    /// A sender that is stopped.
    public init(name: String, since: Moment, until: Moment, reason: String) {
        self.name = name
        self.since = since
        self.until = until
        self.reason = reason
    }
}
