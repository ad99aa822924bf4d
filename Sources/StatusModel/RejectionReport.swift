// SPDX-License-Identifier: Apache-2.0

/// Alike refusals: how many, since when, and the newest of them in full.
///
/// Texts of the other side are as it wrote them: whoever shows them makes them harmless.
public struct RejectionReport: Codable, Hashable, Sendable {
    /// Deferred and bounced within the time asked for.
    public var count: Int
    /// Deferred within the time asked for.
    public var deferred: Int
    /// Bounced within the time asked for.
    public var bounced: Int
    /// All that were ever counted.
    public var total: Int
    /// When the first of those still counted came.
    public var first: Timestamp
    /// When the newest came.
    public var last: Timestamp
    /// Who refused; `nil` if no known provider.
    public var provider: String?
    /// What they are about, such as `ip-block`.
    public var replyClass: String
    /// Whom they are about, such as `our-address`.
    public var scope: String
    /// The three digits of SMTP.
    public var smtpCode: UInt16?
    /// The enhanced status code.
    public var status: String?
    /// The provider's own code, such as `S3150`.
    public var token: String?
    /// The reply rule that matched the newest.
    public var rule: String?
    /// The address of ours that the newest names.
    public var listedAddress: String?
    /// The sender; `nil` for mail without a sender of ours.
    public var sender: String?
    /// What kind of sender that is.
    public var senderClass: String?
    /// The recipient's domain, of the newest.
    public var recipientDomain: String
    /// The recipient of the newest; `nil` if not known, or forgotten by now.
    public var recipient: String?
    /// The newest message.
    public var queueID: String?
    /// What became of the newest: `deferred` or `bounced`.
    public var outcome: String
    /// The newest reply's text, as the other side worded it.
    public var sample: String

    private enum CodingKeys: String, CodingKey {
        case count, deferred, bounced, total, first, last, provider, replyClass = "class", scope, smtpCode, status
        case token, rule, listedAddress, sender, senderClass, recipientDomain, recipient, queueID = "queueId"
        case outcome, sample
    }

    /// Refusals of their parts.
    public init(
        deferred: Int, bounced: Int, total: Int, first: Timestamp, last: Timestamp, provider: String? = nil,
        replyClass: String, scope: String, smtpCode: UInt16? = nil, status: String? = nil, token: String? = nil,
        rule: String? = nil, listedAddress: String? = nil, sender: String? = nil, senderClass: String? = nil,
        recipientDomain: String, recipient: String? = nil, queueID: String? = nil, outcome: String, sample: String
    ) {
        count = deferred + bounced
        self.deferred = deferred
        self.bounced = bounced
        self.total = total
        self.first = first
        self.last = last
        self.provider = provider
        self.replyClass = replyClass
        self.scope = scope
        self.smtpCode = smtpCode
        self.status = status
        self.token = token
        self.rule = rule
        self.listedAddress = listedAddress
        self.sender = sender
        self.senderClass = senderClass
        self.recipientDomain = recipientDomain
        self.recipient = recipient
        self.queueID = queueID
        self.outcome = outcome
        self.sample = sample
    }

    /// The code that says most: the provider's own, else the enhanced status code, else the three digits of SMTP.
    public var code: String? { token ?? status ?? smtpCode.map { String($0) } }
}
