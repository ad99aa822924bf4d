// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

extension SubmissionTally {
    /// The sender under which those are counted for whom an hour has no more room.
    static let others = "others"

    /// Adds everything to the database; to be called within a transaction.
    func write(to db: Database, _ retention: LedgerRetention) throws {
        try writeHours(to: db, mostSenders: retention.maximumSendersAnHour)
        try writeMarks(to: db)
        try writeMessages(to: db)
        try writeAttempts(to: db)
    }

    private func writeHours(to db: Database, mostSenders: Int) throws {
        let isKnown = try db.cachedStatement(sql: "SELECT 1 FROM submission_hour WHERE hour = ? AND sender = ?")
        let size = try db.cachedStatement(sql: "SELECT count(*) FROM submission_hour WHERE hour = ?")
        let addition = try db.cachedStatement(
            sql: """
                INSERT INTO submission_hour (hour, sender, sender_class, messages, recipients, held, held_recipients,
                    refused, refused_recipients) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET messages = messages + excluded.messages,
                    recipients = recipients + excluded.recipients, held = held + excluded.held,
                    held_recipients = held_recipients + excluded.held_recipients, refused = refused + excluded.refused,
                    refused_recipients = refused_recipients + excluded.refused_recipients
                """)
        var sizes: [Int64: Int] = [:]
        // Of those who come in one batch the busiest are named.
        for (key, sum) in hours.sorted(by: { $0.value.volume > $1.value.volume }) {
            var name = key.sender
            if try Int.fetchOne(isKnown, arguments: [key.hour, name]) == nil {
                let known = try sizes[key.hour] ?? Int.fetchOne(size, arguments: [key.hour]) ?? 0
                if known < mostSenders { sizes[key.hour] = known + 1 } else { name = Self.others }
            }
            try addition.execute(arguments: [
                key.hour, name, name == Self.others ? "" : sum.senderClass, sum.messages, sum.recipients, sum.held,
                sum.heldRecipients, sum.refused, sum.refusedRecipients,
            ])
        }
    }

    /// Of each day the last eight networks and scripts of a sender stay.
    private func writeMarks(to db: Database) throws {
        let addition = try db.cachedStatement(
            sql: """
                INSERT INTO submission_mark (day, sender, kind, value, count, last) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count, last = max(last, excluded.last)
                """)
        let removal = try db.cachedStatement(
            sql: """
                DELETE FROM submission_mark WHERE day = ?1 AND sender = ?2 AND kind = ?3 AND value NOT IN
                    (SELECT value FROM submission_mark WHERE day = ?1 AND sender = ?2 AND kind = ?3
                    ORDER BY last DESC, count DESC LIMIT 8)
                """)
        var touched: Set<Mark> = []
        for (mark, seen) in marks {
            try addition.execute(
                arguments: [mark.day, mark.sender, mark.kind.rawValue, mark.value, seen.count, seen.last.milliseconds])
            touched.insert(Mark(day: mark.day, sender: mark.sender, kind: mark.kind, value: ""))
        }
        for mark in touched { try removal.execute(arguments: [mark.day, mark.sender, mark.kind.rawValue]) }
    }

    private func writeMessages(to db: Database) throws {
        let addition = try db.cachedStatement(
            sql: """
                INSERT INTO message (time, queue_id, sender, sender_class, script, client, envelope_sender, recipients,
                    refused_recipients, size, signed_by, unsigned, outcome, reason, standing)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for (submission, script) in messages {
            try addition.execute(arguments: [
                submission.moment.milliseconds, submission.queueID?.description ?? "",
                BoundedText.cut(submission.sender.name, to: 256), submission.senderClass.rawValue, script ?? "",
                submission.client.map { "\($0)" } ?? "", BoundedText.cut(submission.envelopeSender, to: 320),
                submission.recipients, submission.refusedRecipients, submission.size ?? 0,
                BoundedText.cut(submission.signedBy ?? "", to: 256), submission.unsigned?.rawValue ?? "",
                submission.outcome.rawValue, BoundedText.cut(submission.reason ?? "", to: 500),
                BoundedText.cut(submission.standings.map(\.description).joined(separator: "\n"), to: 1000),
            ])
        }
    }

    private func writeAttempts(to db: Database) throws {
        let addition = try db.cachedStatement(
            sql: """
                INSERT INTO attempt (time, queue_id, recipient, host, provider, outcome, class, rule, token, smtp_code,
                    status, reply, sender, waits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for attempt in attempts {
            try addition.execute(arguments: [
                attempt.time.milliseconds, attempt.queueID?.description ?? "",
                BoundedText.cut(attempt.recipient, to: 320).lowercased(), BoundedText.cut(attempt.host ?? "", to: 255),
                BoundedText.cut(attempt.provider?.name ?? "", to: 64), attempt.outcome.word,
                attempt.replyClass?.rawValue ?? "", BoundedText.cut(attempt.rule ?? "", to: 64),
                BoundedText.cut(attempt.token ?? "", to: 64), Int64(attempt.reply?.code ?? 0),
                attempt.reply?.status?.description ?? "", BoundedText.cut(attempt.reply?.text ?? "", to: 500),
                BoundedText.cut(attempt.sender?.name ?? "", to: 256), attempt.waitsForListing,
            ])
        }
    }
}

extension SubmissionTally.Sum {
    fileprivate var volume: Int { recipients + heldRecipients + refusedRecipients }
}
