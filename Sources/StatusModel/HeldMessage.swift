// SPDX-License-Identifier: Apache-2.0

/// A message of a sender over the limit, in Postfix's hold queue.
public struct HeldMessage: Codable, Hashable, Sendable {
    /// The message.
    public var queueID: String
    /// Its sender, such as `login:shop@example.org`.
    public var sender: String
    /// When it was held.
    public var since: Timestamp
    /// Why.
    public var reason: String
    /// Its recipients.
    public var recipients: Int

    private enum CodingKeys: String, CodingKey {
        case queueID = "queueId", sender, since, reason, recipients
    }

    /// A message of its parts.
    public init(queueID: String, sender: String, since: Timestamp, reason: String, recipients: Int) {
        self.queueID = queueID
        self.sender = sender
        self.since = since
        self.reason = reason
        self.recipients = recipients
    }
}
