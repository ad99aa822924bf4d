// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

extension LedgerReader {
    /// The submitted messages that had this name, the newest first: a short queue ID is used again.
    public func messages(queueID: String, limit: Int = 20) throws(LedgerError) -> [StoredMessage] {
        try rows(
            "SELECT * FROM message WHERE queue_id = ? ORDER BY id DESC LIMIT ?", [queueID, Self.bounded(limit)]
        ).map { StoredMessage($0) }
    }

    /// The last messages of a sender, by its name (`Sender.name`), the newest first.
    public func messages(ofSender sender: String, limit: Int = 20) throws(LedgerError) -> [StoredMessage] {
        try rows(
            "SELECT * FROM message WHERE sender = ? ORDER BY time DESC, id DESC LIMIT ?",
            [sender, Self.bounded(limit)]
        ).map { StoredMessage($0) }
    }

    /// The last messages with this envelope sender, the newest first.
    public func messages(envelopeSender: String, limit: Int = 20) throws(LedgerError) -> [StoredMessage] {
        try rows(
            "SELECT * FROM message WHERE envelope_sender = ? ORDER BY time DESC, id DESC LIMIT ?",
            [envelopeSender, Self.bounded(limit)]
        ).map { StoredMessage($0) }
    }

    /// The last attempts to deliver the message of this name, in their order.
    public func attempts(queueID: String, limit: Int = 200) throws(LedgerError) -> [StoredAttempt] {
        try rows(
            "SELECT * FROM attempt WHERE queue_id = ? ORDER BY time DESC, id DESC LIMIT ?",
            [queueID, Self.bounded(limit)]
        ).map { StoredAttempt($0) }.reversed()
    }

    /// The last attempts to deliver to a recipient, in any case, the newest first.
    public func attempts(recipient: String, limit: Int = 20) throws(LedgerError) -> [StoredAttempt] {
        try rows(
            "SELECT * FROM attempt WHERE recipient = ? ORDER BY time DESC, id DESC LIMIT ?",
            [recipient.lowercased(), Self.bounded(limit)]
        ).map { StoredAttempt($0) }
    }
}
