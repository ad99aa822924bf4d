// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

extension LedgerReader {
    /// The complaints about a message, the newest first.
    public func complaints(queueID: String, limit: Int = 20) throws(LedgerError) -> [Complaint] {
        try rows(
            "SELECT * FROM complaint WHERE queue_id = ? AND queue_id <> '' ORDER BY id DESC LIMIT ?",
            [queueID, Self.bounded(limit)]
        ).map { Complaint($0) }
    }

    /// How many complaints there were about each sender's mail at or after `since`, by name; empty for unknown senders.
    public func complaintCounts(since: Moment) throws(LedgerError) -> [String: Int] {
        try rows(
            "SELECT sender, count(*) AS count FROM complaint WHERE time >= ? GROUP BY sender LIMIT ?",
            [since.milliseconds, Self.maximumLimit]
        ).reduce(into: [:]) { counts, row in counts[row.text("sender") ?? ""] = Int(row.integer("count")) }
    }

    /// What was told of our addresses since the day of `since`, the newest first.
    public func addressDays(since: Moment, limit: Int = 1000) throws(LedgerError) -> [AddressDay] {
        try rows(
            "SELECT * FROM address_day WHERE day >= ? ORDER BY day DESC, address LIMIT ?",
            [HistoryBucket.day.number(of: since), Self.bounded(limit)]
        ).compactMap { AddressDay($0) }
    }
}
