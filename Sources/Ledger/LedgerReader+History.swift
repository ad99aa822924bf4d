// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

extension LedgerReader {
    /// Deliveries by provider, bucket by bucket since the bucket of `since` began, in steps of `step` buckets.
    ///
    /// Steps begin at multiples of `step` buckets since the Unix epoch.
    public func history(
        by bucket: HistoryBucket, step: Int = 1, since: Moment
    ) throws(LedgerError) -> [DeliveryBucket] {
        let (table, column) = bucket.table
        let step = Int64(max(1, step))
        let length = bucket.length.components.seconds
        return try rows(
            """
            SELECT \(column) / ? * ? AS start, provider, sum(sent) AS sent, sum(deferred) AS deferred,
                sum(bounced) AS bounced
            FROM \(table) WHERE \(column) >= ? GROUP BY 1, provider ORDER BY 1 LIMIT ?
            """, [step, step, bucket.number(of: since), Self.maximumBuckets]
        ).map { row in
            let (seconds, overflow) = row.integer("start").multipliedReportingOverflow(by: length)
            return DeliveryBucket(
                start: Moment(seconds: overflow ? 0 : seconds), provider: row.text("provider").map { Provider($0) },
                sent: Int(row.integer("sent")), deferred: Int(row.integer("deferred")),
                bounced: Int(row.integer("bounced")))
        }
    }

    /// Buckets in an answer, at most: 100 steps of 1000 providers.
    static let maximumBuckets = 100_000

    /// The senders with the most deliveries since the hour of `since` began, the most first.
    ///
    /// Looks at each sender's every hour: for who asks now and then.
    public func topSenders(since: Moment, limit: Int = 20) throws(LedgerError) -> [SenderTotal] {
        try rows(
            """
            SELECT min(hour) AS hour, sender, sum(sent) AS sent, sum(deferred) AS deferred, sum(bounced) AS bounced,
                sum(unknown_user) AS unknown_user, sum(block) AS block
            FROM sender_hour WHERE hour >= ? GROUP BY sender
            ORDER BY sum(sent) + sum(deferred) + sum(bounced) DESC, sender LIMIT ?
            """, [since.hour, Self.bounded(limit)]
        ).map { Self.sender($0) }
    }

    /// What Postern did since the hour of `since` began, by kind and subject, the most first.
    public func deeds(since: Moment, limit: Int = 1000) throws(LedgerError) -> [DeedTotal] {
        try rows(
            """
            SELECT deed, subject, sum(count) AS count FROM deed_hour WHERE hour >= ? GROUP BY deed, subject
            ORDER BY sum(count) DESC, deed, subject LIMIT ?
            """, [since.hour, Self.bounded(limit)]
        ).compactMap { row in
            guard let kind = row.text("deed").flatMap({ Deed.Kind(rawValue: $0) }) else { return nil }
            return DeedTotal(kind: kind, subject: row.text("subject"), count: Int(row.integer("count")))
        }
    }
}
