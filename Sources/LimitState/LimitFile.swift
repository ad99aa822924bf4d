// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
internal import PosternCore

/// The open database, read and written by this process alone.
struct LimitFile: Sendable {
    /// Where it is.
    let path: String
    private let database: OwnDatabase

    /// Its only connection.
    var connection: DatabaseQueue { database.connection }
    /// Which file it is.
    var identity: FileIdentity { database.identity }
    /// Whether the path still leads to the open file.
    var isInPlace: Bool { database.isInPlace }

    /// Opens the file, or makes it, and brings an older one up to this version.
    /// - Parameters:
    ///   - path: Where it is, or shall be.
    ///   - known: A file whose every page was looked at before; it is not done again.
    /// - Throws: ``LimitFileError`` if it cannot be opened, or must not be.
    init(path: String, known: FileIdentity?) throws(LimitFileError) {
        // The owner alone reads it: it holds the secret by which names become keys.
        let kind = OwnDatabase.Kind(
            label: "postern.limits", applicationID: Schema.applicationID, migrator: Schema.migrator(), mode: 0o600,
            isShared: false)
        do {
            database = try OwnDatabase(path: path, kind: kind, known: known)
        } catch {
            throw LimitFileError(error, path: path)
        }
        self.path = path
    }

    /// Renames a database that cannot be used, with its write-ahead log.
    /// - Returns: Its new path.
    static func setAside(_ path: String, at moment: Moment) throws(LimitFileError) -> String {
        do {
            return try DatabaseFile(path: path).setAside(at: moment)
        } catch {
            throw LimitFileError(error, path: path)
        }
    }
}
