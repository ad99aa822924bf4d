// SPDX-License-Identifier: Apache-2.0
public import GRDB

/// An open database that this process alone writes, in WAL mode.
public struct OwnDatabase: Sendable {
    /// Its only connection; readers open their own.
    public let connection: DatabaseQueue
    /// Which file it is.
    public let identity: FileIdentity

    private let file: DatabaseFile

    /// What makes one program's database another's.
    public struct Kind {
        /// What it is called in traces.
        public var label: String
        /// Stands in its header, so that nobody else's database is taken for it (`PRAGMA application_id`).
        public var applicationID: Int64
        /// Brings an older one up to date.
        public var migrator: DatabaseMigrator
        /// Its mode; SQLite gives its side files the same.
        public var mode: UInt32
        /// Whether others read it who may not write.
        public var isShared: Bool

        /// A kind of its parts.
        public init(label: String, applicationID: Int64, migrator: DatabaseMigrator, mode: UInt32, isShared: Bool) {
            self.label = label
            self.applicationID = applicationID
            self.migrator = migrator
            self.mode = mode
            self.isShared = isShared
        }
    }

    /// Opens the database, or makes it, and brings an older one up to date.
    /// - Parameters:
    ///   - path: Where it is, or shall be.
    ///   - kind: What it must be.
    ///   - known: A file whose every page was looked at before; it is not done again.
    /// - Throws: ``DatabaseProblem`` if it cannot be opened, or must not be.
    public init(path: String, kind: Kind, known: FileIdentity?) throws(DatabaseProblem) {
        file = DatabaseFile(path: path)
        do {
            try file.make(mode: kind.mode)
            guard let identity = file.identity else { throw DatabaseProblem.unavailable(reason: "it is missing") }
            self.identity = identity
            try Self.admit(path, as: kind, isKnown: identity == known)
            var isReady = false
            let connection = try DatabaseQueue(path: path, configuration: Self.configuration(of: kind))
            // An error's way out must not leave the connection open: the file may be about to be renamed.
            defer { if !isReady { try? connection.close() } }
            try kind.migrator.migrate(connection)
            self.connection = connection
            isReady = true
        } catch {
            throw DatabaseProblem(error)
        }
    }

    /// Whether the path still leads to the open file: SQLite itself would write on into a deleted one.
    public var isInPlace: Bool { file.identity == identity }

    private static func configuration(of kind: Kind) -> Configuration {
        let isShared = kind.isShared
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.label = kind.label
        configuration.prepareDatabase { db in
            if isShared { try DatabaseFile.keepSideFiles(of: db) }
            try db.execute(
                sql: """
                    PRAGMA synchronous = NORMAL;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA journal_size_limit = 8388608
                    """)
        }
        return configuration
    }

    /// Refuses what is not of the kind, what is newer, and what is damaged; nothing is changed in it.
    private static func admit(_ path: String, as kind: Kind, isKnown: Bool) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? connection.close() }
        try connection.read { db in
            let isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)") ?? false
            if isEmpty { return }
            guard try Int64.fetchOne(db, sql: "PRAGMA application_id") == kind.applicationID else {
                throw DatabaseProblem.damaged(reason: "it is another program's database")
            }
            guard try !kind.migrator.hasBeenSuperseded(db) else { throw DatabaseProblem.newerSchema }
            if isKnown { return }
            let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? ""
            guard finding == "ok" else { throw DatabaseProblem.damaged(reason: finding) }
        }
    }
}
