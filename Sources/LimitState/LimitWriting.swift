// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

/// The statements that bring a batch to the disk.
enum LimitWriting {
    /// Forgets all, because it was kept under another secret.
    static func clear(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM counter; DELETE FROM sender; DELETE FROM stop; DELETE FROM rule")
    }

    /// The clock, and the secret.
    static func write(_ anchor: SteadyClock.Anchor, _ key: HashKey, to db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO clock (id, key_low, key_high, boot, since_boot, wall, moment) VALUES (1, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET key_low = excluded.key_low, key_high = excluded.key_high,
                boot = excluded.boot, since_boot = excluded.since_boot, wall = excluded.wall, moment = excluded.moment
                """
        ).execute(arguments: [
            Int64(bitPattern: key.low), Int64(bitPattern: key.high), anchor.reading.boot, anchor.reading.sinceBoot,
            anchor.reading.wall.milliseconds, anchor.moment.milliseconds,
        ])
    }

    /// What changed.
    /// - Returns: The numbers of the rules' names, those that are new included.
    static func write(_ batch: LimitBatch, _ known: [String: Int64], to db: Database) throws -> [String: Int64] {
        var ids = known
        let counter = try db.cachedStatement(
            sql: """
                INSERT INTO counter (rule, low, high, stamp, counts) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (rule, low, high) DO UPDATE SET stamp = excluded.stamp, counts = excluded.counts
                """)
        for entry in batch.counters {
            let id = try ids[entry.rule] ?? number(of: entry.rule, in: db)
            ids[entry.rule] = id
            let record = entry.record
            try counter.execute(arguments: [
                id, Int64(bitPattern: record.key.low), Int64(bitPattern: record.key.high), record.stamp.milliseconds,
                record.bytes.data,
            ])
        }
        let sender = try db.cachedStatement(
            sql: """
                INSERT INTO sender (low, high, name, class, seen) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (low, high) DO UPDATE SET class = excluded.class, seen = excluded.seen
                """)
        for known in batch.senders {
            try sender.execute(arguments: [
                Int64(bitPattern: known.key.low), Int64(bitPattern: known.key.high), known.name,
                known.senderClass.rawValue, known.seen.milliseconds,
            ])
        }
        if let stops = batch.stops { try write(stops, to: db) }
        return ids
    }

    private static func write(_ stops: [StoppedSender], to db: Database) throws {
        try db.execute(sql: "DELETE FROM stop")
        for stop in stops {
            try db.execute(
                sql: "INSERT OR REPLACE INTO stop (name, since, until, reason) VALUES (?, ?, ?, ?)",
                arguments: [stop.name, stop.since.milliseconds, stop.until.milliseconds, stop.reason])
        }
    }

    private static func number(of rule: String, in db: Database) throws -> Int64 {
        try db.execute(sql: "INSERT INTO rule (name) VALUES (?) ON CONFLICT (name) DO NOTHING", arguments: [rule])
        return try Int64.fetchOne(db, sql: "SELECT id FROM rule WHERE name = ?", arguments: [rule]) ?? 0
    }
}
