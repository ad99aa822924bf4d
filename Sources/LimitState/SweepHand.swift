// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

/// Goes round the rows and forgets what is too old, a bounded number at a time, so that no index of times is needed.
struct SweepHand: Sendable {
    private var counter: (rule: Int64, low: Int64, high: Int64) = (.min, .min, .min)
    private var sender: (low: Int64, high: Int64) = (.min, .min)

    private static let rows = 2000
    /// A stamp further ahead than that is of a damaged row.
    private static let farthest = Duration.hours(24 * 400)

    /// Looks at the next rows of each table.
    mutating func forget(before oldest: Moment, latest now: Moment, in db: Database) throws {
        let range = [oldest.milliseconds, (now + Self.farthest).milliseconds]
        let last = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT rule, low, high FROM (SELECT rule, low, high FROM counter WHERE (rule, low, high) > (?, ?, ?)
                    ORDER BY rule, low, high LIMIT \(Self.rows)) ORDER BY rule DESC, low DESC, high DESC LIMIT 1
                    """), arguments: [counter.rule, counter.low, counter.high])
        if let last {
            let next: (Int64, Int64, Int64) = (last["rule"], last["low"], last["high"])
            try db.cachedStatement(
                sql: """
                    DELETE FROM counter WHERE (rule, low, high) > (?, ?, ?) AND (rule, low, high) <= (?, ?, ?)
                    AND stamp NOT BETWEEN ? AND ?
                    """
            ).execute(
                arguments: StatementArguments(
                    [counter.rule, counter.low, counter.high, next.0, next.1, next.2] + range))
            counter = next
        } else {
            counter = (.min, .min, .min)
        }
        try forgetSenders(range, in: db)
    }

    private mutating func forgetSenders(_ range: [Int64], in db: Database) throws {
        let last = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT low, high FROM (SELECT low, high FROM sender WHERE (low, high) > (?, ?)
                    ORDER BY low, high LIMIT \(Self.rows)) ORDER BY low DESC, high DESC LIMIT 1
                    """), arguments: [sender.low, sender.high])
        guard let last else {
            sender = (.min, .min)
            return
        }
        let next: (Int64, Int64) = (last["low"], last["high"])
        try db.cachedStatement(
            sql: """
                DELETE FROM sender WHERE (low, high) > (?, ?) AND (low, high) <= (?, ?) AND seen NOT BETWEEN ? AND ?
                """
        ).execute(arguments: StatementArguments([sender.low, sender.high, next.0, next.1] + range))
        sender = next
    }
}
