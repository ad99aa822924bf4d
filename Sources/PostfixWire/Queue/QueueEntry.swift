// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One message of the queue as `postqueue -j` lists it (postqueue(1), "JSON OBJECT FORMAT").
public struct QueueEntry: Hashable, Sendable {
    /// A recipient that the message has not been delivered to.
    public struct Recipient: Hashable, Sendable {
        /// The address as Postfix has it, unquoted; worded by whoever sent the message.
        public var address: String
        /// Why it was put off last, at most ``QueueListing/maximumReason`` bytes; `nil` before the first attempt.
        public var delayReason: String?

        /// A recipient.
        public init(_ address: String, delayReason: String? = nil) {
            self.address = address
            self.delayReason = delayReason
        }
    }

    /// Where it lies.
    public var queue: QueueName
    /// Its name.
    public var id: QueueID
    /// When it arrived, to the second.
    public var arrival: Moment
    /// How large it is, in bytes, not counting the envelope.
    public var size: Int
    /// The envelope sender; empty for the null sender.
    public var sender: String
    /// The recipients that are left, the first ``QueueListing/maximumRecipients`` of them.
    public var recipients: [Recipient]
    /// How many recipients are left in all.
    public var recipientCount: Int
    /// Whether somebody has told Postfix to give it up (`postsuper -e`).
    public var isForcedToExpire: Bool

    /// A message.
    public init(
        queue: QueueName, id: QueueID, arrival: Moment, size: Int, sender: String, recipients: [Recipient],
        recipientCount: Int? = nil, isForcedToExpire: Bool = false
    ) {
        self.queue = queue
        self.id = id
        self.arrival = arrival
        self.size = size
        self.sender = sender
        self.recipients = recipients
        self.recipientCount = max(recipientCount ?? 0, recipients.count)
        self.isForcedToExpire = isForcedToExpire
    }
}
