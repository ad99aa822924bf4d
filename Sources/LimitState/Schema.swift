// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// The tables of `limits.db`.
///
/// Moments are milliseconds on the limiter's clock, whose anchor stands in `clock`; 64-bit halves of keys are stored as
/// the signed numbers of the same bits.
enum Schema {
    /// Stands in the file's header, so that nobody else's database is taken for ours (`PRAGMA application_id`): "PosL".
    static let applicationID: Int64 = 0x506F_734C

    /// All versions, oldest first; one that was released never changes.
    static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: version1)
        }
        return migrator
    }

    private static let version1 = """
        CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1), key_low INTEGER NOT NULL, key_high INTEGER NOT NULL,
            boot TEXT NOT NULL, since_boot INTEGER NOT NULL, wall INTEGER NOT NULL, moment INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE rule (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE counter (
            rule INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,
            stamp INTEGER NOT NULL, counts BLOB NOT NULL,
            PRIMARY KEY (rule, low, high)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sender (
            low INTEGER NOT NULL, high INTEGER NOT NULL, name TEXT NOT NULL, class TEXT NOT NULL, seen INTEGER NOT NULL,
            PRIMARY KEY (low, high)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stop (
            name TEXT PRIMARY KEY, since INTEGER NOT NULL, until INTEGER NOT NULL, reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
