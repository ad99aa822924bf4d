// SPDX-License-Identifier: Apache-2.0
public import GRDB
internal import GRDBSQLite
internal import Glibc
public import PosternCore

/// The path of an SQLite database that this process alone writes and others read, and what is done to it as a file.
public struct DatabaseFile: Hashable, Sendable {
    /// Where it is, or shall be.
    public let path: String

    /// A database at a path; nothing is looked at yet.
    public init(path: String) {
        self.path = path
    }

    /// The file that has the path now; `nil` if there is none.
    public var identity: FileIdentity? { FileIdentity(path: path) }

    /// Makes an empty file that the owner writes and, unless `mode` says otherwise, the group reads; one that is there is
    /// left as it is.
    ///
    /// SQLite gives its side files the same mode.
    /// - Returns: Whether there was none.
    @discardableResult
    public func make(mode: UInt32 = 0o640) throws(DatabaseFileFault) -> Bool {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw DatabaseFileFault("cannot be made", errno: errno)
        }
        // The mode as it is meant, whatever the umask.
        fchmod(descriptor, mode)
        close(descriptor)
        return true
    }

    /// Gives the file its directory's group, if it has another, so that who may look into the directory may read it.
    public func shareWithDirectory() throws(DatabaseFileFault) {
        let directory = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        var outside = stat()
        var inside = stat()
        guard stat(directory, &outside) == 0, stat(path, &inside) == 0 else {
            throw DatabaseFileFault("cannot be found", errno: errno)
        }
        guard inside.st_gid != outside.st_gid else { return }
        guard chown(path, .max, outside.st_gid) == 0 else {
            throw DatabaseFileFault("cannot be given the group of its directory", errno: errno)
        }
    }

    /// Renames a database that cannot be used, with its write-ahead log.
    /// - Returns: Its new path.
    public func setAside(at moment: Moment) throws(DatabaseFileFault) -> String {
        let kept = "\(path).damaged-\(Self.stamp(moment))"
        // The log goes first: one that were left behind would be played into the new database.
        for suffix in ["-wal", "-shm", ""] {
            guard rename(path + suffix, kept + suffix) == 0 || (errno == ENOENT && !suffix.isEmpty) else {
                throw DatabaseFileFault("cannot be renamed", errno: errno)
            }
        }
        return kept
    }

    /// Has the write-ahead log and its index stay on disk when the last connection closes.
    ///
    /// A reader that may not write in the directory cannot make these files, and without them cannot read.
    /// Source: SQLITE_FCNTL_PERSIST_WAL, https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html.
    public static func keepSideFiles(of db: Database) throws {
        var flag: CInt = 1
        let code = sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &flag)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
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
