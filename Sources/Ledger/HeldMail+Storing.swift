// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

extension HeldMail {
    /// The record with every text within its bound.
    func bounded(at time: Moment) -> HeldMail {
        var mail = self
        mail.time = time
        mail.sender = BoundedText.cut(sender, to: 256)
        mail.rule = BoundedText.cut(rule, to: 256)
        mail.reason = BoundedText.cut(reason, to: 512)
        mail.envelopeSender = BoundedText.cut(envelopeSender, to: 512)
        return mail
    }

    /// Adds the record, in place of an older one of the same ID, which Postfix uses again.
    func write(to db: Database) throws {
        let insertion = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO held (queue_id, time, sender, sender_class, rule, reason, envelope_sender,
                    recipients, size)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insertion.execute(arguments: [
            queueID.description, time.milliseconds, sender, senderClass?.rawValue ?? "", rule, reason, envelopeSender,
            recipients, size ?? -1,
        ])
    }

    /// Takes the records of messages that are on hold no more.
    static func remove(_ ids: some Sequence<QueueID>, from db: Database) throws {
        let removal = try db.cachedStatement(sql: "DELETE FROM held WHERE queue_id = ?")
        for id in ids { try removal.execute(arguments: [id.description]) }
    }

    /// Reads a row; `nil` if it has no queue ID.
    init?(_ row: Row) {
        guard let id = row.text("queue_id").flatMap({ QueueID($0) }) else { return nil }
        let size = row.integer("size")
        self.init(
            queueID: id, time: Moment(milliseconds: row.integer("time")), sender: row.text("sender") ?? "",
            senderClass: row.text("sender_class").flatMap { SenderClass(rawValue: $0) }, rule: row.text("rule") ?? "",
            reason: row.text("reason") ?? "", envelopeSender: row.text("envelope_sender") ?? "",
            recipients: Int(row.integer("recipients")), size: size < 0 ? nil : Int(size))
    }
}
