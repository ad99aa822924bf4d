// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

/// Alike refusals: how many, since when, and the newest of them in full.
public struct Rejection: Hashable, Sendable {
    /// Who refused; `nil` if no known provider.
    public let provider: Provider?
    /// What they are about.
    public let replyClass: ReplyClass
    /// Whom they are about.
    public let scope: RefusalScope
    /// The sender, by its name (`Sender.name`); `nil` for mail without a sender of ours.
    public let sender: String?
    /// What kind of sender that is, by the newest.
    public let senderClass: SenderClass?
    /// The three digits of SMTP; `nil` where there were none.
    public let smtpCode: UInt16?
    /// The enhanced status code.
    public let status: EnhancedStatusCode?
    /// The provider's own code.
    public let token: String?
    /// The reply rule that matched the newest.
    public let rule: String?
    /// The address of ours that the newest names.
    public let listedAddress: String?
    /// When the first of those still counted came.
    public let first: Moment
    /// When the newest came.
    public let last: Moment
    /// Deferred since the hour of the question's `since` began.
    public let deferred: Int
    /// Bounced since the hour of the question's `since` began.
    public let bounced: Int
    /// All that were ever counted of this kind.
    public let total: Int
    /// The recipient's domain, of the newest.
    public let recipientDomain: String
    /// The recipient of the newest; `nil` if not known, or forgotten by now.
    public let recipient: String?
    /// The message, of the newest.
    public let queueID: String?
    /// What became of the newest.
    public let outcome: RefusalRecord.Outcome
    /// The newest reply's text, as the other side worded it: not harmless for a terminal.
    public let sample: String

    /// Deferred and bounced.
    public var count: Int { deferred + bounced }

    init(_ row: Row) {
        provider = row.text("provider").map { Provider($0) }
        replyClass = row.text("class").flatMap { ReplyClass(rawValue: $0) } ?? .other
        scope = row.text("scope").flatMap { RefusalScope(rawValue: $0) } ?? .message
        sender = row.text("sender")
        senderClass = row.text("sender_class").flatMap { SenderClass(rawValue: $0) }
        smtpCode = UInt16(exactly: row.integer("smtp_code")).flatMap { $0 == 0 ? nil : $0 }
        status = row.text("status").flatMap { EnhancedStatusCode($0) }
        token = row.text("token")
        rule = row.text("rule")
        listedAddress = row.text("address")
        first = Moment(milliseconds: row.integer("first"))
        last = Moment(milliseconds: row.integer("last"))
        deferred = Int(row.integer("deferred"))
        bounced = Int(row.integer("bounced"))
        total = Int(row.integer("count"))
        recipientDomain = row.text("recipient_domain") ?? ""
        recipient = row.text("recipient")
        queueID = row.text("queue_id")
        outcome = row.text("outcome").flatMap { RefusalRecord.Outcome(rawValue: $0) } ?? .deferred
        sample = row.text("sample") ?? ""
    }
}
