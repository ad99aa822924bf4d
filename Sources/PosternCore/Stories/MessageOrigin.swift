// SPDX-License-Identifier: Apache-2.0

/// How a message came into the queue, as far as has been heard.
public enum MessageOrigin: Hashable, Sendable {
    /// Nothing of its beginning was heard: the log was joined in the middle.
    case unheard
    /// Its beginning was heard, but not who began it: pickup's line is still to come, or it is a notice or a forward whose
    /// parent's line is.
    case unexplained
    /// Somebody accountable submitted it.
    case submitted(Sender)
    /// It came from outside.
    case outside
    /// Postfix wrote it, about that message.
    case notice(about: QueueID)
    /// A content filter of this host gave it back; it was that message before.
    case reinjected(from: QueueID)
    /// An address of this host sends it on; it was that message before.
    case forwarded(by: String, from: QueueID)
}
