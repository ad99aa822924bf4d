// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import GRDBSQLite
internal import Glibc
internal import PosternCore

/// The open database, written by this process alone.
struct LedgerFile {
    /// The name of the database in its directory.
    static let name = "ledger.db"

    /// Its only connection; readers open their own.
    let connection: DatabaseQueue
    let path: String
    let identity: Identity

    /// Which file it is, by whatever name.
    struct Identity: Hashable {
        let device: UInt
        let inode: UInt

        /// The file that has that name now; `nil` if there is none.
        init?(path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
        }
    }

    /// Opens the ledger, or makes it, and brings an older one up to this version.
    /// - Parameters:
    ///   - path: Where it is, or shall be.
    ///   - known: A file whose every page was looked at before; it is not done again.
    /// - Throws: ``LedgerError`` if it cannot be opened, or must not be.
    init(path: String, known: Identity?) throws(LedgerError) {
        try Self.make(path)
        guard let identity = Identity(path: path) else { throw .missing(path: path) }
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
    var isInPlace: Bool { Identity(path: path) == identity }

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
        let kept = "\(path).damaged-\(stamp(moment))"
        // The log goes first: one that were left behind would be played into the new database.
        for suffix in ["-wal", "-shm", ""] {
            guard rename(path + suffix, kept + suffix) == 0 || (errno == ENOENT && !suffix.isEmpty) else {
                throw .unavailable(path: path, reason: "cannot be renamed: \(String(cString: strerror(errno)))")
            }
        }
        return kept
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.label = "postern.ledger"
        configuration.prepareDatabase { db in
            // A reader that may not write in the directory cannot make these files; so they stay when the daemon ends.
            var flag: CInt = 1
            let code = sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &flag)
            guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
            try db.execute(
                sql: """
                    PRAGMA synchronous = NORMAL;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA journal_size_limit = 8388608
                    """)
        }
        return configuration
    }

    /// Makes an empty file that the owner writes and the group reads; SQLite gives its side files the same mode.
    private static func make(_ path: String) throws(LedgerError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else {
            if errno == EEXIST { return }
            throw .unavailable(path: path, reason: "cannot be made: \(String(cString: strerror(errno)))")
        }
        // The mode as it is meant, whatever the umask.
        fchmod(descriptor, 0o640)
        close(descriptor)
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

    /// A time as part of a file name: `20261124T094200Z`.
    private static func stamp(_ moment: Moment) -> String {
        var seconds = time_t(moment.seconds)
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return "\(moment.seconds)" }
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y%m%dT%H%M%SZ", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
