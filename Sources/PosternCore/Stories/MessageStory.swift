// SPDX-License-Identifier: Apache-2.0

/// What has been heard of one message that is in the queue.
public struct MessageStory: Sendable {
    /// Recipients that are kept one by one, at most; further ones are only counted.
    public static let maximumRecipients = 500

    /// Its name in the queue.
    public let queueID: QueueID
    /// How it came in.
    public internal(set) var origin: MessageOrigin = .unheard
    /// Who is accountable for the message as a whole; `nil` for mail from outside, notices, and while nothing is known.
    public internal(set) var sender: Sender?
    /// The Message-ID header field, as cleanup(8) logs it.
    public internal(set) var messageID: String?
    /// The envelope sender; empty for `<>`.
    public internal(set) var envelopeSender: String?
    /// Size in bytes.
    public internal(set) var size: Int?
    /// How many recipients were still open when it last entered the active queue.
    public internal(set) var recipientCount: Int?
    /// How often it entered the active queue; each time after the first is a retry of the whole message.
    public internal(set) var activationCount = 0
    /// Whether an administrator or a milter put it on hold.
    public internal(set) var isHeld = false
    /// The recipients of which something was heard.
    public internal(set) var recipients: [RecipientStory] = []
    /// Attempts for recipients beyond `maximumRecipients`.
    public internal(set) var unlistedAttemptCount = 0
    /// When it was first heard of.
    public let firstHeard: Moment
    /// When it was last heard of.
    public internal(set) var lastHeard: Moment

    /// Whether a line of its arrival was heard, so that another one means another message under the same ID.
    var hasArrived = false
    /// Whether it came by SMTP from this host without a login, as a content filter gives mail back.
    var isFromLocalServer = false
    /// Messages into which this one turned: what a filter gave back, and forwards.
    var children: [QueueID] = []
    /// Whether a server of this host took it; only then can it come back.
    var wasHandedOn = false
    /// What `sender` was before the message was taken for a filter's.
    var senderBeforeReinjection: Sender?

    init(queueID: QueueID, at moment: Moment) {
        self.queueID = queueID
        firstHeard = moment
        lastHeard = moment
    }

    /// How often it was tried again.
    public var retryCount: Int { max(0, activationCount - 1) }

    /// The place of a recipient, added if it is new; `nil` if there is no room.
    mutating func indexOfRecipient(_ address: String) -> Int? {
        let key = address.hashValue
        if let index = recipients.firstIndex(where: { $0.key == key && $0.address == address }) { return index }
        guard recipients.count < Self.maximumRecipients else { return nil }
        recipients.append(RecipientStory(address: address, key: key))
        return recipients.count - 1
    }
}
