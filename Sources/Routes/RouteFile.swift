// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
internal import PosternCore

/// The open database, written by this process alone.
struct RouteFile {
    /// Whether there was no file before.
    let isNew: Bool

    private let connection: DatabaseQueue
    private let file: DatabaseFile
    private let identity: FileIdentity

    /// Opens the database, or makes it.
    init(path: String) throws(RouteStoreError) {
        file = DatabaseFile(path: path)
        do {
            isNew = try file.make()
            try file.shareWithDirectory()
        } catch {
            throw RouteStoreError(error, path: path)
        }
        guard let identity = file.identity else { throw .unavailable(path: path, reason: "it is gone again") }
        self.identity = identity
        do {
            var isReady = false
            let connection = try DatabaseQueue(path: path, configuration: Self.configuration())
            // An error's way out must not leave the connection open: the file may be about to be renamed.
            defer { if !isReady { try? connection.close() } }
            // On the one connection that stays: each that closes locks the readers out for a moment.
            try connection.writeWithoutTransaction { db in
                let hasTable = try RouteSchema.admit(db, path: path)
                try db.execute(sql: "PRAGMA journal_mode = WAL")
                if !hasTable {
                    try db.inTransaction {
                        try RouteSchema.make(in: db); return .commit
                    }
                }
            }
            self.connection = connection
            isReady = true
        } catch {
            throw RouteStoreError(error, path: path)
        }
    }

    /// Whether the path still leads to the open file.
    var isInPlace: Bool { file.identity == identity }

    func close() { try? connection.close() }

    func rows() throws(RouteStoreError) -> [RouteRow] {
        try reporting {
            try connection.read { db in try Self.allRows(db).compactMap(RouteRow.init(stored:)) }
        }
    }

    /// Takes out what has expired, and what Postfix would read but we cannot have written.
    func tidy(at now: Moment) throws(RouteStoreError) {
        try reporting {
            try connection.write { db in
                try Self.expire(in: db, at: now)
                for row in try Self.allRows(db) where RouteRow(stored: row) == nil {
                    try db.execute(sql: "DELETE FROM route WHERE key IS ?", arguments: [row.databaseValue("key")])
                }
            }
        }
        checkpoint()
    }

    func write(_ batch: RouteBatch, at now: Moment) throws(RouteStoreError) {
        try reporting {
            try connection.write { db in
                let delete = try db.cachedStatement(sql: "DELETE FROM route WHERE key = ?")
                for key in batch.deletes { try delete.execute(arguments: [key]) }
                let upsert = try db.cachedStatement(
                    sql: "INSERT OR REPLACE INTO route (key, target, expires) VALUES (?, ?, ?)")
                for row in batch.upserts {
                    try upsert.execute(arguments: [row.key, row.target.description, row.expires.seconds])
                }
                try Self.expire(in: db, at: now)
            }
        }
        checkpoint()
    }

    private static func expire(in db: Database, at now: Moment) throws {
        try db.execute(sql: "DELETE FROM route WHERE expires <= ?", arguments: [now.seconds])
    }

    private static func allRows(_ db: Database) throws -> [Row] {
        try Row.fetchAll(db, sql: "SELECT key, target, expires FROM route ORDER BY key")
    }

    /// Brings the log back into the database, so that it is overwritten from its beginning and stays small.
    ///
    /// `PASSIVE` waits for no reader. What it cannot do, the next does; the rows are safe in the log, so no failure of it
    /// is one of what was written.
    ///
    /// Never `TRUNCATE`, nor a `journal_size_limit`, which truncates at the end: the next writer then begins the log with its
    /// header, and if it dies before the first frame, the log of 32 bytes keeps out every reader that may not write ("locking
    /// protocol", SQLite 3.40), with all mail deferred, until a writer comes.
    private func checkpoint() {
        _ = try? connection.writeWithoutTransaction { db in try db.checkpoint(.passive) }
    }

    private func reporting<Answer>(_ body: () throws -> Answer) throws(RouteStoreError) -> Answer {
        do {
            return try body()
        } catch {
            throw RouteStoreError(error, path: file.path)
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(1)
        configuration.label = "postern.routes"
        configuration.prepareDatabase { db in
            try DatabaseFile.keepSideFiles(of: db)
            // NORMAL: a commit waits for no disk, the checkpoint after it does. A power cut between the two loses rows that
            // the daemon writes anew when it starts, and never the order of what was written.
            try db.execute(
                sql: """
                    PRAGMA synchronous = NORMAL;
                    PRAGMA temp_store = MEMORY
                    """)
        }
        return configuration
    }
}
