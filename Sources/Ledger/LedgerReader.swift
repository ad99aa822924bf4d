// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Glibc
public import PosternCore

/// Questions to a ledger, of whatever process owns it, running or not; nothing is ever written.
///
/// Opened for one question or a few and let go, since the daemon may set a damaged file aside and begin a new one.
public struct LedgerReader: Sendable {
    /// Rows in any answer, at most.
    public static let maximumLimit = 10_000

    private let pool: DatabasePool
    private let path: String

    /// Opens the ledger of a directory for reading.
    /// - Throws: ``LedgerError`` if there is none, or it cannot be read, or is of another version.
    public init(directory: String) throws(LedgerError) {
        path = "\(directory)/\(LedgerFile.name)"
        // SQLite would say "unable to open" to both.
        guard access(path, R_OK) == 0 else {
            throw errno == ENOENT
                ? .missing(path: path) : .unavailable(path: path, reason: String(cString: strerror(errno)))
        }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            configuration.maximumReaderCount = 2
            pool = try DatabasePool(path: path, configuration: configuration)
            let path = path
            try pool.read { db in
                // The daemon makes an empty file and fills it in the same breath.
                guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema)") ?? false else {
                    throw LedgerError.missing(path: path)
                }
                guard try Int64.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
                    throw LedgerError.damaged(path: path, reason: "it is another program's database")
                }
                let migrator = Schema.migrator()
                guard try !migrator.hasBeenSuperseded(db) else { throw LedgerError.newerSchema(path: path) }
                guard try migrator.hasCompletedMigrations(db) else { throw LedgerError.olderSchema(path: path) }
            }
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// The kinds of refusals asked for, the newest first.
    public func rejections(_ query: RejectionQuery) throws(LedgerError) -> [Rejection] {
        var conditions = ["last >= ?"]
        var values: [any DatabaseValueConvertible] = [
            query.since.hour, query.since.hour, query.since.milliseconds,
        ]
        func require(_ condition: String, _ value: String?, times: Int = 1) {
            guard let value else { return }
            conditions.append(condition)
            for _ in 0..<times { values.append(value) }
        }
        require("provider = ?", query.provider?.name)
        require("class = ?", query.replyClass?.rawValue)
        require("sender = ?", query.sender)
        require("(token = ? COLLATE NOCASE OR status = ? OR (smtp_code <> 0 AND smtp_code = ?))", query.code, times: 3)
        values.append(Self.bounded(query.limit))
        let sql = """
            SELECT *,
                (SELECT sum(deferred) FROM refusal_hour WHERE refusal = refusal.id AND hour >= ?) AS deferred,
                (SELECT sum(bounced) FROM refusal_hour WHERE refusal = refusal.id AND hour >= ?) AS bounced
            FROM refusal WHERE \(conditions.joined(separator: " AND ")) ORDER BY last DESC, id DESC LIMIT ?
            """
        return try rows(sql, values).map { Rejection($0) }
    }

    /// Deliveries since the hour of `since` began, by provider and class; the most first.
    public func totals(since: Moment) throws(LedgerError) -> [DeliveryTotal] {
        try rows(
            """
            SELECT min(hour) AS hour, provider, class, sum(sent) AS sent, sum(deferred) AS deferred,
                sum(bounced) AS bounced
            FROM delivery_hour WHERE hour >= ? GROUP BY provider, class
            ORDER BY sum(sent) + sum(deferred) + sum(bounced) DESC LIMIT ?
            """, [since.hour, Self.maximumLimit]
        ).map { Self.delivery($0) }
    }

    /// Deliveries to one provider, `nil` for those of no known one, hour by hour since the hour of `since` began.
    public func hours(of provider: Provider?, since: Moment) throws(LedgerError) -> [DeliveryTotal] {
        try rows(
            "SELECT * FROM delivery_hour WHERE hour >= ? AND provider = ? ORDER BY hour, class LIMIT ?",
            [since.hour, provider?.name ?? "", Self.maximumLimit]
        ).map { Self.delivery($0) }
    }

    /// Deliveries of one sender, by its name (`Sender.name`), hour by hour since the hour of `since` began.
    public func hours(ofSender sender: String, since: Moment) throws(LedgerError) -> [SenderTotal] {
        try rows(
            "SELECT * FROM sender_hour WHERE sender = ? AND hour >= ? ORDER BY hour LIMIT ?",
            [sender, since.hour, Self.maximumLimit]
        ).map { Self.sender($0) }
    }

    /// What happened at or after `since`, the newest first; of all kinds where `kind` is `nil`.
    public func events(
        since: Moment, kind: LedgerEvent.Kind? = nil, limit: Int = 100
    ) throws(LedgerError) -> [LedgerEvent] {
        try rows(
            """
            SELECT * FROM event WHERE time >= ? AND (? IS NULL OR kind = ?) ORDER BY time DESC, id DESC LIMIT ?
            """, [since.milliseconds, kind?.rawValue, kind?.rawValue, Self.bounded(limit)]
        ).compactMap { row in
            guard let kind = row.text("kind").flatMap({ LedgerEvent.Kind(rawValue: $0) }) else { return nil }
            return LedgerEvent(
                time: Moment(milliseconds: row.integer("time")), kind: kind, who: row.text("who"),
                detail: row.text("detail") ?? "{}")
        }
    }

    /// Up to where a source has been read.
    public func position(for source: String) throws(LedgerError) -> String? {
        try rows("SELECT text FROM position WHERE source = ?", [source]).first?.text("text")
    }

    func rows(
        _ sql: String, _ values: [(any DatabaseValueConvertible)?]
    ) throws(LedgerError) -> [Row] {
        try read { db in try Row.fetchAll(db, sql: sql, arguments: StatementArguments(values)) }
    }

    /// Asks several things of one state of the ledger.
    func read<Answer>(_ questions: (Database) throws -> Answer) throws(LedgerError) -> Answer {
        do {
            return try pool.read(questions)
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    private static func delivery(_ row: Row) -> DeliveryTotal {
        DeliveryTotal(
            start: Moment(hour: row.integer("hour")), provider: row.text("provider").map { Provider($0) },
            replyClass: row.text("class").map { ReplyClass(rawValue: $0) ?? .other },
            sent: Int(row.integer("sent")), deferred: Int(row.integer("deferred")),
            bounced: Int(row.integer("bounced")))
    }

    static func sender(_ row: Row) -> SenderTotal {
        SenderTotal(
            start: Moment(hour: row.integer("hour")), sender: row.text("sender") ?? "", sent: Int(row.integer("sent")),
            deferred: Int(row.integer("deferred")), bounced: Int(row.integer("bounced")),
            unknownUser: Int(row.integer("unknown_user")), block: Int(row.integer("block")))
    }

    static func bounded(_ limit: Int) -> Int { min(max(0, limit), maximumLimit) }
}

extension Moment {
    /// The beginning of an hour, counted since the Unix epoch.
    init(hour: Int64) {
        let (seconds, overflow) = hour.multipliedReportingOverflow(by: 3600)
        self.init(seconds: overflow ? 0 : seconds)
    }
}
