// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import GRDB
public import PosternCore

/// The counters of the limits on disk, so that a restart frees nobody: the one owner of `limits.db`.
///
/// Every call may wait for the disk, so none belongs on the way of a message. While the disk cannot be written nothing is
/// lost but what a restart would need: whoever asks keeps the batch that failed and tries again. A damaged or foreign
/// file is set aside and a new one begun; one of a newer version is left alone.
public struct LimitState: Sendable {
    /// What an earlier run left.
    public struct Start: Sendable {
        /// The secret by which names become keys; fresh if none was kept.
        public let hashKey: HashKey
        /// The clock of the earlier run; `nil` if there was none.
        public let anchor: SteadyClock.Anchor?
    }

    /// What one attempt to write came to.
    public struct Outcome: Sendable {
        /// Whether the batch is on disk; if not, it should be tried again.
        public let isWritten: Bool
        /// Whether the file is another than before: everything should be written, not what has changed only.
        public let isNewFile: Bool
    }

    private var keeper: LimitFileKeeper
    private let hashKey: HashKey
    private let tell: @Sendable (LimitStateCondition) -> Void
    private var ruleIDs: [String: Int64] = [:]
    private var troubleSaidAt: Moment?
    private var sweep = SweepHand()
    /// What an earlier run left.
    public let start: Start

    /// Opens the file of a directory, or makes it.
    /// - Parameters:
    ///   - directory: Where it is; the process must be able to write there, or nothing is kept.
    ///   - fresh: A secret for a new file.
    ///   - wall: The time by the wall clock.
    ///   - tell: Hears what the operator should know.
    public init(
        directory: String, fresh: HashKey, at wall: Moment, tell: @escaping @Sendable (LimitStateCondition) -> Void
    ) {
        self.tell = tell
        var keeper = LimitFileKeeper(path: "\(directory)/limits.db")
        do throws(LimitFileError) {
            let opened = try keeper.opened(at: wall)
            if let (kept, reason) = opened.setAside { tell(.setAside(kept: kept, reason: reason)) }
            start = try Self.start(of: opened.file, fresh)
        } catch {
            keeper.failed(error)
            start = Start(hashKey: fresh, anchor: nil)
            tell(.unusable(reason: error.reason))
            troubleSaidAt = wall
        }
        self.keeper = keeper
        hashKey = start.hashKey
    }

    /// Reads all counters of the earlier run; those that are damaged are passed over.
    public mutating func readCounters(at wall: Moment, _ body: (_ rule: String, LimitRecord) -> Void) {
        perform(at: wall) { file, _ in
            try file.connection.read { db in
                let rows = try Row.fetchCursor(
                    db, sql: "SELECT name, low, high, counts FROM counter JOIN rule ON rule.id = counter.rule")
                while let row = try rows.next() {
                    guard let rule = String.fromDatabaseValue(row["name"]), let key = SenderKey(row),
                        let bytes = try row.withUnsafeData(named: "counts", { $0.map { [UInt8]($0) } }),
                        let record = LimitRecord(key: key, bytes: bytes)
                    else { continue }
                    body(rule, record)
                }
            }
        }
    }

    /// The senders that are stopped, by the earlier run.
    public mutating func readStops(at wall: Moment) -> [StoppedSender] {
        var stops: [StoppedSender] = []
        perform(at: wall) { file, _ in
            stops = try file.connection.read { db in
                try Row.fetchAll(db, sql: "SELECT name, since, until, reason FROM stop LIMIT 100000").map {
                    StoppedSender(
                        name: $0["name"], since: Moment(milliseconds: $0["since"]),
                        until: Moment(milliseconds: $0["until"]), reason: $0["reason"])
                }
            }
        }
        return stops
    }

    /// The name behind a key; `nil` if it is not known.
    public mutating func sender(of key: SenderKey, at wall: Moment) -> (name: String, seen: Moment)? {
        var found: (String, Moment)?
        perform(at: wall) { file, _ in
            found = try file.connection.read { db in
                try Row.fetchOne(
                    db, sql: "SELECT name, seen FROM sender WHERE low = ? AND high = ?", arguments: key.arguments
                ).map { ($0["name"], Moment(milliseconds: $0["seen"])) }
            }
        }
        return found
    }

    /// Writes a batch and the clock, in one transaction.
    ///
    /// Then it looks at some rows for such as are older than `oldest`, on the limiter's clock: counters and names that no
    /// window reaches any more.
    public mutating func write(
        _ batch: LimitBatch, anchor: SteadyClock.Anchor, forgettingBefore oldest: Moment
    ) -> Outcome {
        let wall = anchor.reading.wall
        var isNewFile = false
        var hand = sweep
        var ids = ruleIDs
        let isWritten = perform(at: wall) { [hashKey] file, isNew in
            isNewFile = isNew
            if isNew { ids = [:] }
            try file.connection.write { db in
                if try Self.start(in: db)?.hashKey != hashKey { try LimitWriting.clear(db) }
                try LimitWriting.write(anchor, hashKey, to: db)
                ids = try LimitWriting.write(batch, ids, to: db)
                try hand.forget(before: oldest, latest: anchor.moment, in: db)
            }
        }
        // What a failed transaction numbered is not on disk.
        ruleIDs = isWritten ? ids : [:]
        sweep = isWritten ? hand : SweepHand()
        return Outcome(isWritten: isWritten, isNewFile: isNewFile)
    }

    /// Lets go of the file.
    public mutating func close() {
        keeper.close()
    }

    /// Runs `body` on the open file, and says what goes wrong, once a minute.
    @discardableResult
    private mutating func perform(at wall: Moment, _ body: (LimitFile, _ isNew: Bool) throws -> Void) -> Bool {
        do throws(LimitFileError) {
            let found = try keeper.opened(at: wall)
            if let (kept, reason) = found.setAside { tell(.setAside(kept: kept, reason: reason)) }
            do {
                try body(found.file, found.isNew)
            } catch {
                throw LimitFileError(error, path: keeper.path)
            }
        } catch {
            keeper.failed(error)
            guard troubleSaidAt.map({ wall < $0 || wall >= $0 + .minutes(1) }) ?? true else { return false }
            troubleSaidAt = wall
            tell(.unusable(reason: error.reason))
            return false
        }
        if troubleSaidAt != nil { tell(.recovered) }
        troubleSaidAt = nil
        return true
    }

    private static func start(of file: LimitFile, _ fresh: HashKey) throws(LimitFileError) -> Start {
        do {
            return try file.connection.write { db in
                if let start = try start(in: db) { return start }
                let nothing = SteadyClock.Reading(boot: "", sinceBoot: 0, wall: Moment(milliseconds: 0))
                try LimitWriting.write(SteadyClock.Anchor(reading: nothing, moment: nothing.wall), fresh, to: db)
                return Start(hashKey: fresh, anchor: nil)
            }
        } catch {
            throw LimitFileError(error, path: file.path)
        }
    }

    private static func start(in db: Database) throws -> Start? {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM clock WHERE id = 1") else { return nil }
        let reading = SteadyClock.Reading(
            boot: row["boot"], sinceBoot: row["since_boot"], wall: Moment(milliseconds: row["wall"]))
        let low: Int64 = row["key_low"]
        let high: Int64 = row["key_high"]
        let anchor = SteadyClock.Anchor(reading: reading, moment: Moment(milliseconds: row["moment"]))
        return Start(
            hashKey: HashKey(low: UInt64(bitPattern: low), high: UInt64(bitPattern: high)),
            anchor: reading.boot.isEmpty ? nil : anchor)
    }
}
