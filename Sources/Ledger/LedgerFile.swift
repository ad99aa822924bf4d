// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
internal import PosternCore

/// The open database, written by this process alone.
struct LedgerFile {
    /// The name of the database in its directory.
    static let name = "ledger.db"

    let path: String
    private let database: OwnDatabase

    /// Its only connection; readers open their own.
    var connection: DatabaseQueue { database.connection }
    /// Which file it is.
    var identity: FileIdentity { database.identity }
    /// Whether the path still leads to the open file.
    var isInPlace: Bool { database.isInPlace }

    /// Opens the ledger, or makes it, and brings an older one up to this version.
    /// - Parameters:
    ///   - path: Where it is, or shall be.
    ///   - known: A file whose every page was looked at before; it is not done again.
    /// - Throws: ``LedgerError`` if it cannot be opened, or must not be.
    init(path: String, known: FileIdentity?) throws(LedgerError) {
        // `postern rejections` may be run by who may read only.
        let kind = OwnDatabase.Kind(
            label: "postern.ledger", applicationID: Schema.applicationID, migrator: Schema.migrator(), mode: 0o640,
            isShared: true)
        do {
            database = try OwnDatabase(path: path, kind: kind, known: known)
        } catch {
            throw LedgerError(error, path: path)
        }
        self.path = path
    }

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
            throw LedgerError(error, path: path)
        }
    }
}
