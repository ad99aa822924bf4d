// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

/// Forgets what has grown too old, a bounded number of rows at a time, so that no transaction is ever long.
struct Pruning {
    /// What may stay.
    let retention: LedgerRetention
    /// Rows of each table in one transaction, at most.
    var rows = 500

    /// Forgets one portion; to be called within a transaction.
    /// - Returns: Whether there may be more to forget.
    func forget(in db: Database, at now: Moment) throws -> Bool {
        var most = try forgetRecipients(in: db, before: now - retention.recipients)
        let oldest = now - retention.refusals
        for (sql, bound) in [
            ("DELETE FROM refusal WHERE id IN (SELECT id FROM refusal WHERE last < ? LIMIT ?)", oldest.milliseconds),
            (
                """
                DELETE FROM refusal_hour WHERE (refusal, hour) IN
                    (SELECT refusal, hour FROM refusal_hour WHERE hour < ? LIMIT ?)
                """, oldest.hour
            ),
            (
                """
                DELETE FROM delivery_hour WHERE (hour, provider, class) IN
                    (SELECT hour, provider, class FROM delivery_hour WHERE hour < ? LIMIT ?)
                """, (now - retention.hours).hour
            ),
            (
                """
                DELETE FROM sender_hour WHERE (hour, sender) IN
                    (SELECT hour, sender FROM sender_hour WHERE hour < ? LIMIT ?)
                """, (now - retention.hours).hour
            ),
            (
                "DELETE FROM held WHERE queue_id IN (SELECT queue_id FROM held WHERE time < ? LIMIT ?)",
                (now - retention.refusals).milliseconds
            ),
            (
                """
                DELETE FROM delivery_minute WHERE (minute, provider) IN
                    (SELECT minute, provider FROM delivery_minute WHERE minute < ? LIMIT ?)
                """, HistoryBucket.minute.number(of: now - retention.minutes)
            ),
            (
                """
                DELETE FROM delivery_day WHERE (day, provider) IN
                    (SELECT day, provider FROM delivery_day WHERE day < ? LIMIT ?)
                """, HistoryBucket.day.number(of: now - retention.days)
            ),
            (
                """
                DELETE FROM deed_hour WHERE (hour, deed, subject) IN
                    (SELECT hour, deed, subject FROM deed_hour WHERE hour < ? LIMIT ?)
                """, (now - retention.hours).hour
            ),
            (
                """
                DELETE FROM event WHERE id IN (SELECT id FROM event WHERE time < ? AND kind NOT LIKE 'listing-%' LIMIT ?)
                """,
                (now - retention.hours).milliseconds
            ),
            (
                """
                DELETE FROM submission_hour WHERE (hour, sender) IN
                    (SELECT hour, sender FROM submission_hour WHERE hour < ? LIMIT ?)
                """, (now - retention.hours).hour
            ),
            (
                """
                DELETE FROM submission_mark WHERE (day, sender, kind, value) IN
                    (SELECT day, sender, kind, value FROM submission_mark WHERE day < ? LIMIT ?)
                """, oldest.hour / 24
            ),
            (
                "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE time < ? LIMIT ?)",
                (now - retention.recipients).milliseconds
            ),
            (
                "DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE time < ? LIMIT ?)",
                (now - retention.recipients).milliseconds
            ),
            (
                "DELETE FROM complaint WHERE id IN (SELECT id FROM complaint WHERE time < ? LIMIT ?)",
                (now - retention.hours).milliseconds
            ),
            (
                """
                DELETE FROM address_day WHERE (day, address) IN
                    (SELECT day, address FROM address_day WHERE day < ? LIMIT ?)
                """, HistoryBucket.day.number(of: now - retention.days)
            ),
            (
                """
                DELETE FROM complaint WHERE id IN
                    (SELECT id FROM complaint WHERE id <= (SELECT max(id) FROM complaint) - ? LIMIT ?)
                """, Int64(max(1, retention.maximumComplaints))
            ),
            // Numbers are given in order, so those so far behind the last are the oldest of too many.
            (
                """
                DELETE FROM message WHERE id IN
                    (SELECT id FROM message WHERE id <= (SELECT max(id) FROM message) - ? LIMIT ?)
                """, Int64(max(1, retention.maximumMessages))
            ),
            (
                """
                DELETE FROM attempt WHERE id IN
                    (SELECT id FROM attempt WHERE id <= (SELECT max(id) FROM attempt) - ? LIMIT ?)
                """, Int64(max(1, retention.maximumAttempts))
            ),
        ] {
            try db.execute(sql: sql, arguments: [bound, rows])
            most = max(most, db.changesCount)
        }
        try db.execute(
            sql: """
                DELETE FROM refusal WHERE id IN
                    (SELECT id FROM refusal ORDER BY last DESC LIMIT ? OFFSET ?)
                """, arguments: [rows, retention.maximumKinds])
        return max(most, db.changesCount) >= rows
    }

    /// A recipient also stands in most replies' own words; from there every address goes with it.
    private func forgetRecipients(in db: Database, before moment: Moment) throws -> Int {
        let samples = try Row.fetchAll(
            db, sql: "SELECT id, sample FROM refusal WHERE recipient IS NOT NULL AND last < ? LIMIT ?",
            arguments: [moment.milliseconds, rows])
        let update = try db.cachedStatement(sql: "UPDATE refusal SET recipient = NULL, sample = ? WHERE id = ?")
        for row in samples {
            try update.execute(
                arguments: [BoundedText.withoutAddresses(row.text("sample") ?? ""), row.integer("id")])
        }
        return samples.count
    }
}
