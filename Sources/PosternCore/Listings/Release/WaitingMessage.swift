// SPDX-License-Identifier: Apache-2.0

/// A message in the deferred queue that waits for one provider.
public struct WaitingMessage: Hashable, Sendable {
    /// The message.
    public var queueID: QueueID
    /// When it came into the queue.
    public var arrival: Moment
    /// Its size in bytes.
    public var size: Int
    /// The envelope sender.
    public var sender: String
    /// Its recipients at that provider that are not delivered yet.
    public var recipients: [String]
    /// What is known of who is accountable for it.
    public var standing: SenderStanding
    /// What kind of message it is.
    public var traits: WaitingTraits
    /// When Postfix last asked where it should go; `nil` if that is not known.
    public var resolvedAt: Moment?

    /// A message as the queue and the log show it.
    public init(
        queueID: QueueID, arrival: Moment, size: Int, sender: String, recipients: [String],
        standing: SenderStanding = .unknown, traits: WaitingTraits = [], resolvedAt: Moment? = nil
    ) {
        self.queueID = queueID
        self.arrival = arrival
        self.size = size
        self.sender = sender
        self.recipients = recipients
        self.standing = standing
        self.traits = traits
        self.resolvedAt = resolvedAt
    }
}
