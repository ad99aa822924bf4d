// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

/// A complaint about a message, as a feedback report told it (RFC 5965).
///
/// Anybody can send such a report: it counts, and decides nothing.
public struct Complaint: Hashable, Sendable {
    /// When the report came.
    public var time: Moment
    /// The report's own Message-ID, so that one that comes twice counts once; empty if it has none.
    public var report: String
    /// What kind of complaint it is (Feedback-Type), such as `abuse`.
    public var kind: String
    /// The domain that the report says it is from.
    public var reporter: String
    /// Who is accountable for the message, by name (`Sender.name`); `nil` where that is not known.
    public var sender: String?
    /// The message.
    public var queueID: String?
    /// The domain of ours whose signature it bears.
    public var signedBy: String?
    /// The address of ours that it came from, as the report says.
    public var address: String?

    /// A complaint of its parts.
    public init(
        time: Moment, report: String, kind: String, reporter: String, sender: String? = nil, queueID: String? = nil,
        signedBy: String? = nil, address: String? = nil
    ) {
        self.time = time
        self.report = report
        self.kind = kind
        self.reporter = reporter
        self.sender = sender
        self.queueID = queueID
        self.signedBy = signedBy
        self.address = address
    }

    init(_ row: Row) {
        time = Moment(milliseconds: row.integer("time"))
        report = row.text("report") ?? ""
        kind = row.text("kind") ?? ""
        reporter = row.text("reporter") ?? ""
        sender = row.text("sender")
        queueID = row.text("queue_id")
        signedBy = row.text("signed_by")
        address = row.text("address")
    }
}
