// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

/// A submitted message as the ledger kept it.
///
/// Sender and script are this site's own words; the envelope sender is the submitter's.
public struct StoredMessage: Hashable, Sendable {
    /// When it was decided.
    public let time: Moment
    /// The message; `nil` where Postfix gave it no name.
    public let queueID: String?
    /// Who is accountable, by name (`Sender.name`).
    public let sender: String
    /// What kind of sender that is.
    public let senderClass: SenderClass?
    /// The script or envelope sender behind a local user.
    public let script: String?
    /// The client's address; `nil` for mail of sendmail(1).
    public let client: String?
    /// The envelope sender, empty for `<>`.
    public let envelopeSender: String
    /// Recipients that were accepted.
    public let recipients: Int
    /// Recipients that a limit refused.
    public let refusedRecipients: Int
    /// About how large it is, in bytes; `nil` if not known.
    public let size: Int?
    /// The domain whose keys signed it.
    public let signedBy: String?
    /// Why it was not signed.
    public let unsigned: UnsignedReason?
    /// What became of it.
    public let outcome: Submission.Outcome
    /// Which limit stopped it or found it over, in words.
    public let reason: String?
    /// How the sender stood under its limits then, such as `login: 12 of 150/10m`.
    public let standings: [String]

    init(_ row: Row) {
        time = Moment(milliseconds: row.integer("time"))
        queueID = row.text("queue_id")
        sender = row.text("sender") ?? ""
        senderClass = row.text("sender_class").flatMap { SenderClass(rawValue: $0) }
        script = row.text("script")
        client = row.text("client")
        envelopeSender = row.text("envelope_sender") ?? ""
        recipients = Int(row.integer("recipients"))
        refusedRecipients = Int(row.integer("refused_recipients"))
        size = row.integer("size") > 0 ? Int(row.integer("size")) : nil
        signedBy = row.text("signed_by")
        unsigned = row.text("unsigned").flatMap { UnsignedReason(rawValue: $0) }
        outcome = row.text("outcome").flatMap { Submission.Outcome(rawValue: $0) } ?? .passed
        reason = row.text("reason")
        standings = (row.text("standing") ?? "").split(separator: "\n").map { String($0) }
    }
}
