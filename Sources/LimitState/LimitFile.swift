// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
internal import PosternCore

/// The open database, read and written by this process alone.
struct LimitFile: Sendable {
    /// The owner alone reads it: it holds the secret by which names become keys.
    private static let mode: UInt32 = 0o600

    /// Its only connection; readers open their own.
    let connection: DatabaseQueue
    /// Where it is.
    let path: String
    /// Which file it is.
    let identity: FileIdentity

    /// Opens the file, or makes it, and brings an older one up to this version.
    /// - Parameters:
    ///   - path: Where it is, or shall be.
    ///   - known: A file whose every page was looked at before; it is not done again.
    /// - Throws: ``LimitFileError`` if it cannot be opened, or must not be.
    init(path: String, known: FileIdentity?) throws(LimitFileError) {
        let file = DatabaseFile(path: path)
        do {
            try file.make(mode: Self.mode)
        } catch {
            throw .unavailable(path: path, reason: error.reason)
        }
        guard let identity = file.identity else { throw .unavailable(path: path, reason: "it is missing") }
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
            throw LimitFileError(error, path: path)
        }
        self.path = path
        self.identity = identity
    }

    /// Whether the path still leads to the open file: SQLite itself would write on into a deleted one.
    var isInPlace: Bool { DatabaseFile(path: path).identity == identity }

    /// Renames a database that cannot be used, with its write-ahead log.
    /// - Returns: Its new path.
    static func setAside(_ path: String, at moment: Moment) throws(LimitFileError) -> String {
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
        configuration.label = "postern.limits"
        configuration.prepareDatabase { db in
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
        try connection.read { db in
            let isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)") ?? false
            if isEmpty { return }
            guard try Int64.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
                throw LimitFileError.damaged(path: path, reason: "it is another program's database")
            }
            guard try !Schema.migrator().hasBeenSuperseded(db) else { throw LimitFileError.newerSchema(path: path) }
            if isKnown { return }
            let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? ""
            guard finding == "ok" else { throw LimitFileError.damaged(path: path, reason: finding) }
        }
    }
}
