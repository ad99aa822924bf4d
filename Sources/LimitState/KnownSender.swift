// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A sender by name, for people: the counters know it by a keyed hash only.
public struct KnownSender: Hashable, Sendable {
    /// The key of its counters.
    public let key: SenderKey
    /// As `Sender.name` has it, such as `login:alice@example.com`.
    public let name: String
    /// What kind of sender it is.
    public let senderClass: SenderClass
    /// When it last submitted mail, on the limiter's clock.
    public let seen: Moment

    /// A sender that was seen.
    public init(key: SenderKey, name: String, class senderClass: SenderClass, seen: Moment) {
        self.key = key
        self.name = name
        self.senderClass = senderClass
        self.seen = seen
    }
}
