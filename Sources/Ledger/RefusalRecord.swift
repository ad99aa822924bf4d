// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One refusal as the mail log told it and the reply rules read it.
///
/// Much of it is worded by the other side. The ledger cuts every text to a bound before it keeps it.
public struct RefusalRecord: Hashable, Sendable {
    /// Whether Postfix keeps the message.
    public enum Outcome: String, Hashable, Sendable, CaseIterable, Codable {
        /// It stays in the queue.
        case deferred
        /// It went back to its sender.
        case bounced
    }

    /// When, by the log line's own time.
    public var time: Moment
    /// Who refused; `nil` where the relay host belongs to no known provider.
    public var provider: Provider?
    /// What the refusal is about.
    public var replyClass: ReplyClass
    /// Whom the refusal is about.
    public var scope: RefusalScope
    /// What the other side said.
    public var reply: SMTPReply
    /// The provider's own code in the text, such as `S3150` or `TSS04`; `nil` if there is none.
    public var token: String?
    /// The reply rule that matched; `nil` if none did.
    public var rule: String?
    /// The address of ours that the text names.
    public var listedAddress: ClientAddress?
    /// Who is accountable for the message; `nil` for mail without a sender of ours, such as a notice of Postfix.
    public var sender: Sender?
    /// What kind of sender that is.
    public var senderClass: SenderClass?
    /// The recipient's domain.
    public var recipientDomain: String
    /// The recipient's address; forgotten first, see ``LedgerRetention/recipients``.
    public var recipient: String?
    /// The message.
    public var queueID: QueueID?
    /// Whether Postfix keeps the message.
    public var outcome: Outcome

    /// A refusal; whatever is not known is left out.
    public init(
        time: Moment, provider: Provider?, replyClass: ReplyClass, scope: RefusalScope, reply: SMTPReply,
        token: String? = nil, rule: String? = nil, listedAddress: ClientAddress? = nil, sender: Sender? = nil,
        senderClass: SenderClass? = nil, recipientDomain: String, recipient: String? = nil, queueID: QueueID? = nil,
        outcome: Outcome
    ) {
        self.time = time
        self.provider = provider
        self.replyClass = replyClass
        self.scope = scope
        self.reply = reply
        self.token = token
        self.rule = rule
        self.listedAddress = listedAddress
        self.sender = sender
        self.senderClass = senderClass
        self.recipientDomain = recipientDomain
        self.recipient = recipient
        self.queueID = queueID
        self.outcome = outcome
    }
}
