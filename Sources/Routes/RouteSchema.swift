// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// The table that Postfix asks, and how a file tells that it is ours.
enum RouteSchema {
    /// Stands in the file's header (`PRAGMA application_id`): "PosR".
    static let applicationID: Int64 = 0x506F_7352
    /// Stands in the file's header (`PRAGMA user_version`).
    ///
    /// A new version must still answer `RoutesConfiguration`'s query, as
    /// a site has it in its routes.cf.
    static let version: Int64 = 1

    /// Makes the table in an empty database; to be called within a transaction.
    ///
    /// `expires` is in whole seconds since the Unix epoch, which is what Postfix's query compares it with.
    static func make(in db: Database) throws {
        try db.execute(
            sql: """
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                CREATE TABLE route (key TEXT PRIMARY KEY, target TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID
                """)
    }

    /// Refuses what is not ours, what is newer than ours, and what is damaged; nothing is changed.
    /// - Returns: Whether there is a table already.
    static func admit(_ db: Database, path: String) throws -> Bool {
        let isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)") ?? false
        if isEmpty { return false }
        guard try Int64.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
            throw RouteStoreError.damaged(path: path, reason: "it is another program's database")
        }
        guard try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0 <= version else {
            throw RouteStoreError.newerSchema(path: path)
        }
        let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? ""
        guard finding == "ok" else { throw RouteStoreError.damaged(path: path, reason: finding) }
        guard try db.tableExists("route") else {
            throw RouteStoreError.damaged(path: path, reason: "it has no table of routes")
        }
        return true
    }
}
