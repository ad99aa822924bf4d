// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
public import PosternCore
internal import Synchronization

/// The rows that Postfix's trivial-rewrite(8) reads by itself: the one owner of `routes.db`.
///
/// Postfix reads the file through `sqlite:` (see ``RoutesConfiguration``) whether or not the daemon lives, as a user that may
/// not write. So the file is in WAL mode, where a reader never meets a lock; its side files stay on disk; every
/// change is one short transaction, after which the log is brought back into the database. Whatever fails, the old rows
/// stay and end with their lease.
///
/// A database that is damaged, another program's or gone is begun anew. A Postfix process that has the old file open goes
/// on with that until it ends, so ``RouteStoreRenewal`` asks for a reload. Calls wait for the disk, and at most a second
/// for another writer.
public final class RouteStore: Sendable {
    /// The path of the database.
    public let path: String
    /// How the store had to be begun anew when it was opened; `nil` if it was there and good.
    public let renewal: RouteStoreRenewal?

    private let file: Mutex<RouteFile?>

    /// Opens the database, or makes it, and takes out what has expired and what cannot be read.
    /// - Parameters:
    ///   - path: Where it is. Its directory's group must be Postfix's, and new files there must get it (mode 2750).
    ///   - now: The wall clock.
    /// - Throws: ``RouteStoreError/newerSchema(path:)``, with the file left as it is, or
    ///   ``RouteStoreError/unavailable(path:reason:)``.
    public init(path: String, at now: Moment) throws(RouteStoreError) {
        self.path = path
        var (opened, renewal) = try Self.open(path, at: now)
        do throws(RouteStoreError) {
            try opened.tidy(at: now)
        } catch .damaged(_, let reason) {
            opened.close()
            let (fresh, cause) = try Self.renew(path, because: reason, at: now)
            (opened, renewal) = (fresh, cause)
        }
        self.renewal = renewal
        file = Mutex(opened)
    }

    /// Writes what has to change, in one transaction, and takes out what has expired.
    ///
    /// - Throws: ``RouteStoreError``; nothing of the batch is written then, and another attempt may follow at any time. After
    ///   ``RouteStoreError/begunAnew(path:_:)`` the store is empty: tell ``RouteTable/storeHolds(_:)``, and publish the new
    ///   difference.
    public func publish(_ batch: RouteBatch, at now: Moment) throws(RouteStoreError) {
        try perform(at: now) { file throws(RouteStoreError) in try file.write(batch, at: now) }
    }

    /// All rows, by key.
    public func rows(at now: Moment) throws(RouteStoreError) -> [RouteRow] {
        try perform(at: now) { file throws(RouteStoreError) in try file.rows() }
    }

    /// Lets go of the database; Postfix goes on reading it.
    ///
    /// A later call opens it again.
    public func close() {
        file.withLock { file in
            file?.close()
            file = nil
        }
    }

    private func perform<Answer: Sendable>(
        at now: Moment, _ body: (RouteFile) throws(RouteStoreError) -> Answer
    ) throws(RouteStoreError) -> Answer {
        try file.withLock { file throws(RouteStoreError) -> Answer in
            let opened = try Self.opened(&file, path, at: now)
            do throws(RouteStoreError) {
                return try body(opened)
            } catch .damaged(_, let reason) {
                opened.close()
                file = nil
                let (fresh, renewal) = try Self.renew(path, because: reason, at: now)
                file = fresh
                throw .begunAnew(path: path, renewal)
            }
        }
    }

    /// The open file, if the path still leads to it: SQLite itself would write on into a deleted one.
    private static func opened(_ file: inout RouteFile?, _ path: String, at now: Moment) throws(RouteStoreError)
        -> RouteFile
    {
        if let file, file.isInPlace { return file }
        file?.close()
        file = nil
        let (opened, renewal) = try open(path, at: now)
        file = opened
        if let renewal { throw .begunAnew(path: path, renewal) }
        return opened
    }

    private static func open(_ path: String, at now: Moment) throws(RouteStoreError)
        -> (file: RouteFile, renewal: RouteStoreRenewal?)
    {
        do throws(RouteStoreError) {
            let file = try RouteFile(path: path)
            return (file, file.isNew ? .missing : nil)
        } catch .damaged(_, let reason) {
            let (fresh, renewal) = try renew(path, because: reason, at: now)
            return (fresh, renewal)
        }
    }

    private static func renew(_ path: String, because reason: String, at now: Moment) throws(RouteStoreError)
        -> (file: RouteFile, renewal: RouteStoreRenewal)
    {
        let kept: String
        do {
            kept = try DatabaseFile(path: path).setAside(at: now)
        } catch {
            throw .unavailable(path: path, reason: error.reason)
        }
        return (try RouteFile(path: path), .setAside(kept: kept, reason: reason))
    }
}
