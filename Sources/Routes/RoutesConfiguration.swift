// SPDX-License-Identifier: Apache-2.0
internal import GRDBSQLite

/// The file by which Postfix's `sqlite:` table finds the routes, see sqlite_table(5).
public enum RoutesConfiguration {
    /// The table as Postfix names it, where a package puts the file.
    public static let table = "sqlite:/etc/postern/routes.cf"

    /// Where the database is, below the directory of the daemon's databases.
    ///
    /// It has a directory of its own, for the daemon's user to write and Postfix's group to read: mode 2750.
    public static func database(in store: String) -> String { "\(store)/routes/routes.db" }

    /// The text of `routes.cf`.
    ///
    /// Postfix asks transport_maps for the full address, for the address without its extension, for the domain and for each
    /// parent domain with a leading dot (transport(5)), all in lower case; it quotes the key for SQL itself. The answer is
    /// taken as it stands: without a `result_format`, nothing in it is expanded.
    /// - Parameter database: The absolute path of the database.
    /// - Returns: Lines for a file that belongs to root.
    public static func text(database: String) -> String {
        """
        # Where mail waits, and where it is let through: written by `postern config routes`.
        #
        # Postfix reads this itself; rows stop holding at their time whether or not the daemon runs.
        dbpath = \(databaseName(database))
        query = SELECT target FROM route WHERE key = '%s' AND expires > CAST(strftime('%%s','now') AS INTEGER)

        """
    }

    /// Read only where the SQLite of this host takes URIs, as Debian's does.
    ///
    /// Postfix opens the file for writing where it may. Root may: `postmap -q` by an administrator, while the daemon is
    /// down, would be the last to close it and take the log with it, and a reader that may not write then fails until the
    /// daemon starts (seen with Postfix 3.7 and SQLite 3.40).
    static func databaseName(_ path: String, takesURIs: Bool = sqlite3_compileoption_used("USE_URI") != 0) -> String {
        guard takesURIs else { return path }
        var escaped = ""
        for byte in path.utf8 {
            let isPlain =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "/-_.".utf8.contains(byte)
                }
            let digits = String(byte, radix: 16, uppercase: true)
            escaped += isPlain ? String(UnicodeScalar(byte)) : "%\(byte < 16 ? "0" : "")\(digits)"
        }
        return "file:\(escaped)?mode=ro"
    }
}
