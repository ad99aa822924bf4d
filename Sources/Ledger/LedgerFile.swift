// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
internal import PosternCore

/// The open database, written by this process alone.
struct LedgerFile {
    /// The name of the database in its directory.
    static let name = "ledger.db"

    /// Its only connection; readers open their own.
    let connection: DatabaseQueue
    let path: String
    let identity: FileIdentity

    /// Opens the ledger, or makes it, and brings an older one up to this version.
    /// - Parameters:
    ///   - path: Where it is, or shall be.
    ///   - known: A file whose every page was looked at before; it is not done again.
    /// - Throws: ``LedgerError`` if it cannot be opened, or must not be.
    init(path: String, known: FileIdentity?) throws(LedgerError) {
        let file = DatabaseFile(path: path)
        do {
            try file.make()
        } catch {
            throw .unavailable(path: path, reason: error.reason)
        }
        guard let identity = file.identity else { throw .missing(path: path) }
        do {
            try Self.admit(path, isKnown: identity == known)
            var isReady = false
            let connection = try DatabaseQueue(path: path, configuration: Self.configuration())
            // An error's way out must not leave the connection open: the file may be about to be renamed.
            defer { if !isReady { try? connection.close() } }
            try Schema.migrator().migrate(connection)
            self.connection = connection
            isReady = true
        } catch {
            throw LedgerError(error, path: path)
        }
        self.path = path
        self.identity = identity
    }

    /// Whether the path still leads to the open file: SQLite itself would write on into a deleted one.
    var isInPlace: Bool { DatabaseFile(path: path).identity == identity }

    /// Up to where each source has been read.
    func positions() throws(LedgerError) -> [String: String] {
        do {
            return try connection.read { db in
                try Row.fetchAll(db, sql: "SELECT source, text FROM position").reduce(into: [:]) { positions, row in
                    if let source = row.text("source") { positions[source] = row.text("text") }
                }
            }
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// Renames a database that cannot be used, with its write-ahead log.
    /// - Returns: Its new path.
    static func setAside(_ path: String, at moment: Moment) throws(LedgerError) -> String {
        do {
            return try DatabaseFile(path: path).setAside(at: moment)
        } catch {
            throw .unavailable(path: path, reason: error.reason)
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.label = "postern.ledger"
        configuration.prepareDatabase { db in
            // `postern rejections` may be run by who may read only.
            try DatabaseFile.keepSideFiles(of: db)
            try db.execute(
                sql: """
                    PRAGMA synchronous = NORMAL;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA journal_size_limit = 8388608
                    """)
        }
        return configuration
    }

    /// Refuses what is not ours, what is newer than ours, and what is damaged; nothing is changed in it.
    private static func admit(_ path: String, isKnown: Bool) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? connection.close() }
        try connection.read { db in try admit(db, path: path, isKnown: isKnown) }
    }

    private static func admit(_ db: Database, path: String, isKnown: Bool) throws {
        let isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)") ?? false
        if isEmpty { return }
        guard try Int64.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
            throw LedgerError.damaged(path: path, reason: "it is another program's database")
        }
        guard try !Schema.migrator().hasBeenSuperseded(db) else { throw LedgerError.newerSchema(path: path) }
        if isKnown { return }
        let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? ""
        guard finding == "ok" else { throw LedgerError.damaged(path: path, reason: finding) }
    }
}
