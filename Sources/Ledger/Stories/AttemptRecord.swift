// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One attempt to deliver to one recipient, kept for the question what became of a message.
public struct AttemptRecord: Hashable, Sendable {
    /// When, by the log line's own time.
    public var time: Moment
    /// The message.
    public var queueID: QueueID?
    /// The recipient, after aliases were expanded.
    public var recipient: String
    /// The host that answered or was tried last.
    public var host: String?
    /// The provider of that host.
    public var provider: Provider?
    /// What it came to.
    public var outcome: DeliveryOutcome
    /// What a refusal was about.
    public var replyClass: ReplyClass?
    /// The reply rule that matched.
    public var rule: String?
    /// The provider's own code in the text.
    public var token: String?
    /// What the other side said, or Postfix itself.
    public var reply: SMTPReply?
    /// Who is accountable for the message.
    public var sender: Sender?
    /// Whether no host was asked, as we keep the mail of a provider that lists us.
    public var waitsForListing: Bool

    /// An attempt; whatever is not known is left out.
    public init(
        time: Moment, queueID: QueueID?, recipient: String, host: String? = nil, provider: Provider? = nil,
        outcome: DeliveryOutcome, replyClass: ReplyClass? = nil, rule: String? = nil, token: String? = nil,
        reply: SMTPReply? = nil, sender: Sender? = nil, waitsForListing: Bool = false
    ) {
        self.time = time
        self.queueID = queueID
        self.recipient = recipient
        self.host = host
        self.provider = provider
        self.outcome = outcome
        self.replyClass = replyClass
        self.rule = rule
        self.token = token
        self.reply = reply
        self.sender = sender
        self.waitsForListing = waitsForListing
    }
}

extension DeliveryOutcome {
    /// The outcome as Postfix logs it (`status=`).
    var word: String {
        switch self {
        case .sent: "sent"
        case .deferred: "deferred"
        case .bounced: "bounced"
        case .softBounced: "soft-bounced"
        case .expired: "expired"
        case .deliverable: "deliverable"
        case .undeliverable: "undeliverable"
        }
    }
}
