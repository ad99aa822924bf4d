// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
public import PosternCore

/// What an operator's command adds to the ledger itself, whether or not the daemon runs: short transactions beside its own.
///
/// Only who may write the database can; the side files that SQLite makes for root get the database's owner.
public struct LedgerNotes {
    /// The name under which the last look at the held mail stands among the places.
    static let lookName = "state:held-looked-at"

    private let directory: String

    /// Notes for the ledger of a directory, which has to be there.
    public init(directory: String) {
        self.directory = directory
    }

    /// Somebody looked at what is held.
    public func lookedAtHeld(at moment: Moment) throws(LedgerError) {
        try write { db in
            try db.execute(
                sql: "INSERT INTO position (source, text) VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text",
                arguments: [Self.lookName, "\(moment.milliseconds)"])
        }
    }

    /// An operator freed or deleted held mail: what was done, and whose records go.
    public func acted(_ event: LedgerEvent, on ids: [QueueID]) throws(LedgerError) {
        try write { db in
            try HeldMail.remove(ids, from: db)
            try db.execute(
                sql: "INSERT INTO event (time, kind, who, detail) VALUES (?, ?, ?, ?)",
                arguments: [
                    event.time.milliseconds, event.kind.rawValue, event.who,
                    event.detail.utf8.count > 4096 ? "{}" : event.detail,
                ])
        }
    }

    func write(_ body: (Database) throws -> Void) throws(LedgerError) {
        // Says what is missing, of another version or no ledger, and never makes one.
        _ = try LedgerReader(directory: directory)
        let path = "\(directory)/\(LedgerFile.name)"
        let file = try LedgerFile(path: path, known: DatabaseFile(path: path).identity)
        defer { try? file.connection.close() }
        do {
            try file.connection.write(body)
        } catch {
            throw LedgerError(error, path: path)
        }
    }
}
