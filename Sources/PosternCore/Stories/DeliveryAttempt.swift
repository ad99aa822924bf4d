// SPDX-License-Identifier: Apache-2.0

/// One attempt to deliver a message to one recipient.
public struct DeliveryAttempt: Hashable, Sendable {
    /// Where an attempt led.
    public enum Way: Hashable, Sendable {
        /// To another host, or as far as that was tried.
        case remote
        /// To a server on this host, such as a content filter; `as` is the ID under which it gave the message back, if it said so.
        case handedOn(as: QueueID?)
        /// Into a mailbox, a program or nothing, on this host.
        case local
        /// Nowhere: Postfix put the message off, or failed it, without trying.
        case none
        /// To other addresses, as a new message (local(8), `forwarded as`).
        case forwarded(as: QueueID)
    }

    /// The recipient, after aliases were expanded.
    public var recipient: String
    /// The address that the message was sent to, where that is another (`orig_to=`).
    public var originalRecipient: String?
    /// Where the attempt led.
    public var way: Way
    /// What it came to.
    public var outcome: DeliveryOutcome
    /// What the reply is about, where it was a refusal and the reply is this attempt's own.
    public var replyClass: ReplyClass?

    /// An attempt as it was seen.
    public init(
        recipient: String, originalRecipient: String? = nil, way: Way, outcome: DeliveryOutcome,
        replyClass: ReplyClass? = nil
    ) {
        self.recipient = recipient
        self.originalRecipient = originalRecipient
        self.way = way
        self.outcome = outcome
        self.replyClass = replyClass
    }
}
