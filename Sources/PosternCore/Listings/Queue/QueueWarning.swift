// SPDX-License-Identifier: Apache-2.0

/// What the clock of the queue tells of one message: each once, but for what must be done until it is done.
public struct QueueWarning: Hashable, Sendable {
    /// How far the message's time is gone.
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        /// Half of its time in the queue is over.
        case half
        /// A day is left.
        case dayLeft
        /// It has waited for as long as its class may; told again while it waits on.
        case maximumWait
    }

    /// The message.
    public var queueID: QueueID
    /// How far.
    public var kind: Kind
    /// When Postfix returns it to its sender.
    public var expires: Moment

    /// A warning of its parts.
    public init(queueID: QueueID, kind: Kind, expires: Moment) {
        self.queueID = queueID
        self.kind = kind
        self.expires = expires
    }
}
