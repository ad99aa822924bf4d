// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Ledger
import PosternCore
import ScratchSpace
import Testing

@Suite struct `A ledger whose disk is bad` {
    let folder: ScratchFolder
    let clock = HandClock()
    let conditions = Conditions()

    init() throws { folder = try ScratchFolder() }

    private func open(maximumKept: Int = 10_000) throws -> Ledger {
        try Ledger.open(folder.path, clock: clock, conditions: conditions, maximumKept: maximumKept)
    }

    private var keptPath: String { folder["ledger.db.damaged-20260302T120000Z"] }

    @Test func `sets a file aside that is no database, and begins anew`() throws {
        let text = String(repeating: "not a database\n", count: 100)
        try Data(text.utf8).write(to: URL(filePath: folder["ledger.db"]))
        let ledger = try open()
        #expect(conditions.all == [.setAside(kept: keptPath, reason: "file is not a database")])
        #expect(try String(contentsOfFile: keptPath, encoding: .utf8) == text)
        ledger.record(.refused(.block()))
        #expect(ledger.flush())
        #expect(try ledger.all().count == 1)
    }

    @Test func `sets another program's database aside`() throws {
        let other = try DatabaseQueue(path: folder["ledger.db"])
        try other.write { try $0.execute(sql: "CREATE TABLE route (key TEXT)") }
        try other.close()
        _ = try open()
        #expect(conditions.all == [.setAside(kept: keptPath, reason: "it is another program's database")])
        #expect(try DatabaseQueue(path: keptPath).read { try $0.tableExists("route") })
    }

    @Test func `sets a database with a damaged page aside when it opens`() throws {
        try damaged()
        let ledger = try open()
        guard case .setAside(keptPath, _)? = conditions.all.first, conditions.all.count == 1 else {
            return #expect(Bool(false), "\(conditions.all)")
        }
        #expect(try ledger.all().isEmpty)
        #expect(FileManager.default.fileExists(atPath: keptPath))
    }

    @Test func `loses nothing that waits when it finds the damage as it writes`() throws {
        let ledger = try open()
        for token in 0..<200 { ledger.record(.refused(.block(token: "T\(token)"))) }
        ledger.flush()
        try overwritePages()
        // Another connection's change makes the writer look at the disk again.
        try? DatabaseQueue(path: folder["ledger.db"]).write { try $0.execute(sql: "PRAGMA user_version = 1") }
        for token in 0..<200 { ledger.record(.refused(.block(token: "T\(token)"))) }
        if !ledger.flush() { #expect(ledger.flush()) }
        #expect(conditions.all.contains { if case .setAside = $0 { true } else { false } }, "\(conditions.all)")
        #expect(try ledger.all().map(\.count) == Array(repeating: 1, count: 100))
    }

    @Test func `leaves a newer Postern's file alone and says so`() throws {
        try open().close()
        let newer = try DatabaseQueue(path: folder["ledger.db"])
        try newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try newer.close()
        let before = try Data(contentsOf: URL(filePath: folder["ledger.db"]))
        #expect(throws: LedgerError.newerSchema(path: folder["ledger.db"])) { try open() }
        #expect(throws: LedgerError.newerSchema(path: folder["ledger.db"])) {
            try LedgerReader(directory: folder.path)
        }
        #expect(try Data(contentsOf: URL(filePath: folder["ledger.db"])) == before)
        #expect(conditions.all == [])
    }

    @Test func `goes on from memory where there is no directory, and writes once there is one`() throws {
        let directory = folder["later"]
        let ledger = try Ledger.open(directory, clock: clock, conditions: conditions)
        ledger.record(
            Array(repeating: .refused(.block()), count: 3), reaching: LedgerPosition(source: "log", text: "3"))
        #expect(!ledger.flush())
        #expect(ledger.position(for: "log") == nil)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        #expect(ledger.flush())
        #expect(try ledger.all().first?.count == 3)
        #expect(ledger.position(for: "log") == "3")
        let reason = "cannot be made: No such file or directory"
        #expect(
            conditions.all == [.unwritable(reason: reason, waiting: 0, lost: 0), .recovered(written: 3, lost: 0)])
    }

    @Test func `says that it cannot write once a minute, not more`() throws {
        let ledger = try Ledger.open(folder["absent"], clock: clock, conditions: conditions, maximumKept: 1)
        for second in 0..<121 {
            ledger.record(.refused(.block(token: second == 0 ? "kept" : "lost")))
            #expect(!ledger.flush())
            clock.advance(.seconds(1))
        }
        let reason = "cannot be made: No such file or directory"
        #expect(
            conditions.all == [
                .unwritable(reason: reason, waiting: 0, lost: 0),
                .unwritable(reason: reason, waiting: 1, lost: 60),
                .unwritable(reason: reason, waiting: 1, lost: 60),
            ])
    }

    @Test func `begins a new file, with the places reached, where its own was removed while it was open`() throws {
        let ledger = try open()
        ledger.record(.refused(.block()))
        ledger.flush()
        ledger.record([], reaching: LedgerPosition(source: "log", text: "1"))
        ledger.flush()
        for name in folder.names { try FileManager.default.removeItem(atPath: folder[name]) }
        ledger.record(.refused(.block()))
        #expect(ledger.flush())
        #expect(try ledger.all().map(\.count) == [1])
        #expect(try LedgerReader(directory: folder.path).position(for: "log") == "1")
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting needs root"))
    func `survives a full disk without loss, and writes all once there is room`() throws {
        let disk = try SmallDisk(at: folder["disk"], bytes: 8 << 20)
        let ledger = try Ledger.open(disk.path, clock: clock, conditions: conditions)
        ledger.record([.refused(.block())], reaching: LedgerPosition(source: "log", text: "1"))
        #expect(ledger.flush())
        disk.fill()
        let long = String(repeating: "long words ", count: 150)
        for round in 2...40 {
            ledger.record(
                (0..<10).map { .refused(.block(token: "R\(round)N\($0)", text: long)) },
                reaching: LedgerPosition(source: "log", text: "\(round)"))
            ledger.flush()
        }
        #expect(conditions.all.contains { if case .unwritable = $0 { true } else { false } }, "\(conditions.all)")
        #expect(ledger.position(for: "log") != "40")
        disk.free()
        #expect(ledger.flush())
        let reader = try LedgerReader(directory: disk.path)
        #expect(try reader.rejections(RejectionQuery(since: .noon, limit: 1000)).count == 391)
        #expect(try reader.position(for: "log") == "40")
        guard case .recovered(_, 0)? = conditions.all.last else { return #expect(Bool(false), "\(conditions.all)") }
        ledger.close()
    }

    /// A ledger with content, closed, whose pages from the second on are overwritten.
    private func damaged() throws {
        let ledger = try Ledger.open(folder.path, clock: clock)
        for token in 0..<200 { ledger.record(.refused(.block(token: "T\(token)"))) }
        ledger.close()
        try overwritePages()
    }

    private func overwritePages() throws {
        let connection = try DatabaseQueue(path: folder["ledger.db"])
        try connection.inDatabase { _ = try $0.checkpoint(.truncate) }
        try connection.close()
        let handle = try FileHandle(forUpdating: URL(filePath: folder["ledger.db"]))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
        try handle.close()
    }
}
