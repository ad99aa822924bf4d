// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import GRDB
internal import PosternCore

/// Finds those senders of a span of hours who have most of something, at a cost that does not grow with all who sent.
///
/// Each hour names its busiest by an index; those who lead the sum of that are looked at whole. Only a sender who is among
/// the busiest of no single hour, and would still lead the span, is passed over.
struct SenderRanking {
    private let order: SenderQuery.Order
    private let first: Int64
    private let last: Int64
    private let limit: Int

    init(_ query: SenderQuery) {
        order = query.order
        first = query.since.hour
        last = max(first, query.until.hour)
        limit = LedgerReader.bounded(query.limit)
    }

    /// Those who may be among the first of the span.
    func candidates(in db: Database) throws -> [String] {
        // Of the excess over one's own usual an hour knows nothing, so more of them are looked at whole.
        let wanted = max(limit, order == .excess ? 400 : 200)
        var names: Set<String> = []
        if order == .held {
            names.formUnion(
                try busiest("submission_hour", by: Self.stopped, where: "\(Self.stopped) > 0", in: db, most: wanted))
        }
        if names.count < wanted {
            names.formUnion(try busiest("submission_hour", by: Self.volume, in: db, most: wanted))
        }
        // Mail that Postern knows from the log alone.
        if names.count < wanted {
            names.formUnion(try busiest("sender_hour", by: "sent + deferred + bounced", in: db, most: wanted))
        }
        return Array(names)
    }

    /// What is known of the senders named, in order.
    func rank(_ names: [String], in db: Database) throws -> [Row] {
        let order =
            switch self.order {
            case .volume: "volume DESC, handled DESC, sender"
            case .excess: "volume - usual DESC, volume DESC, handled DESC, sender"
            case .held: "stopped DESC, volume DESC, handled DESC, sender"
            }
        let list = String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
        let statement = try db.cachedStatement(
            sql: """
                WITH named AS MATERIALIZED (SELECT DISTINCT value AS sender FROM json_each(?5)),
                now AS MATERIALIZED (
                    SELECT sender, max(sender_class) AS sender_class, sum(messages) AS messages,
                        sum(recipients) AS recipients, sum(held) AS held, sum(held_recipients) AS held_recipients,
                        sum(refused) AS refused, sum(refused_recipients) AS refused_recipients,
                        sum(\(Self.volume)) AS asked, sum(\(Self.stopped)) AS stopped
                    FROM submission_hour WHERE sender IN named AND hour BETWEEN ?1 AND ?2 GROUP BY sender),
                past AS MATERIALIZED (
                    SELECT sender, sum(\(Self.volume)) AS earlier
                    FROM submission_hour WHERE sender IN named AND hour BETWEEN ?1 - ?3 AND ?1 - 1
                    GROUP BY sender),
                out AS MATERIALIZED (
                    SELECT sender, max(sender_class) AS sender_class, sum(sent) AS sent, sum(deferred) AS deferred,
                        sum(bounced) AS bounced, sum(unknown_user) AS unknown_user, sum(block) AS block,
                        sum(sent + deferred + bounced) AS handled
                    FROM sender_hour WHERE sender IN named AND hour BETWEEN ?1 AND ?2 GROUP BY sender)
                SELECT named.sender AS sender, coalesce(nullif(now.sender_class, ''), out.sender_class) AS sender_class,
                    messages, recipients, held, held_recipients, refused, refused_recipients,
                    sent, deferred, bounced, unknown_user, block,
                    coalesce(earlier, 0) * (?2 - ?1 + 1) / ?3 AS usual, coalesce(asked, 0) AS volume,
                    coalesce(stopped, 0) AS stopped, coalesce(handled, 0) AS handled,
                    (SELECT count(*) FROM complaint
                        WHERE complaint.sender = named.sender AND time BETWEEN ?6 AND ?7) AS complaints
                FROM named LEFT JOIN now USING (sender) LEFT JOIN past USING (sender) LEFT JOIN out USING (sender)
                WHERE now.sender IS NOT NULL OR out.sender IS NOT NULL
                ORDER BY \(order) LIMIT ?4
                """)
        return try Row.fetchAll(
            statement,
            arguments: [
                first, last, Self.baselineHours, limit, list, Moment(hour: first).milliseconds,
                Moment(hour: last + 1).milliseconds - 1,
            ])
    }

    /// The networks or scripts of a sender, the latest first.
    func marks(_ kind: String, of sender: String, in db: Database) throws -> [String] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT value FROM submission_mark WHERE day BETWEEN ? AND ? AND sender = ? AND kind = ?
                GROUP BY value ORDER BY max(last) DESC LIMIT 8
                """)
        return try String.fetchAll(statement, arguments: [first / 24, last / 24, sender, kind])
    }

    /// The leaders of the sum of what each hour's busiest had, the first first.
    private func busiest(
        _ table: String, by measure: String, where condition: String = "TRUE", in db: Database, most: Int
    ) throws -> [String] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sender, \(measure) FROM \(table) WHERE hour = ? AND \(condition)
                ORDER BY \(measure) DESC LIMIT ?
                """)
        let perHour = max(limit, min(max(Self.looks / Int(clamping: last - first + 1), 16), 250))
        guard let oldest = try Int64.fetchOne(db, sql: "SELECT min(hour) FROM \(table)"), oldest <= last else {
            return []
        }
        var sums: [String: Int64] = [:]
        for hour in max(first, oldest)...last {
            let rows = try Row.fetchCursor(statement, arguments: [hour, perHour])
            while let row = try rows.next() { sums[row[0], default: 0] += row[1] }
        }
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).map(\.key)
    }

    private static let volume = "recipients + held_recipients + refused_recipients"
    private static let stopped = "held + refused + refused_recipients"
    private static let baselineHours = 14 * 24
    /// Rows of the hours looked at for one ranking, about.
    private static let looks = 3000
}
