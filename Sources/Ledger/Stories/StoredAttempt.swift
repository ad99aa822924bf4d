// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

/// An attempt to deliver as the ledger kept it.
public struct StoredAttempt: Hashable, Sendable {
    /// When, by the log line's own time.
    public let time: Moment
    /// The message.
    public let queueID: String?
    /// The recipient, in lower case.
    public let recipient: String
    /// The host that answered or was tried last.
    public let host: String?
    /// The provider of that host.
    public let provider: String?
    /// What it came to.
    public let outcome: DeliveryOutcome
    /// What a refusal was about.
    public let replyClass: ReplyClass?
    /// The reply rule that matched.
    public let rule: String?
    /// The provider's own code in the text.
    public let token: String?
    /// The three digits of SMTP.
    public let smtpCode: UInt16?
    /// The enhanced status code.
    public let status: String?
    /// What the other side said, or Postfix itself: not harmless for a terminal.
    public let reply: String?
    /// Who is accountable for the message, by name.
    public let sender: String?
    /// Whether no host was asked, as we keep the mail of a provider that lists us.
    public let waitsForListing: Bool

    init(_ row: Row) {
        time = Moment(milliseconds: row.integer("time"))
        queueID = row.text("queue_id")
        recipient = row.text("recipient") ?? ""
        host = row.text("host")
        provider = row.text("provider")
        let word = row.text("outcome")
        outcome = DeliveryOutcome.allCases.first { $0.word == word } ?? .deferred
        replyClass = row.text("class").flatMap { ReplyClass(rawValue: $0) }
        rule = row.text("rule")
        token = row.text("token")
        smtpCode = UInt16(exactly: row.integer("smtp_code")).flatMap { $0 == 0 ? nil : $0 }
        status = row.text("status")
        reply = row.text("reply")
        sender = row.text("sender")
        waitsForListing = row.integer("waits") != 0
    }
}
