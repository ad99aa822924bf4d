// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import LimitState
import PosternCore
import ScratchSpace
import Testing

@Suite struct `The limits' file on a bad disk` {
    let folder: ScratchFolder
    let told = Told()

    init() throws { folder = try ScratchFolder() }

    private var path: String { folder["limits.db"] }
    private var kept: String { folder["limits.db.damaged-20260302T120000Z"] }

    @Test func `is set aside where it is no database, and begun anew`() throws {
        try Data(repeating: 65, count: 4096).write(to: URL(filePath: path))
        let state = OpenState(folder.path, told)
        #expect(told.all == [.setAside(kept: kept, reason: "file is not a database")])
        #expect(state.write(.of(1)))
        #expect(state.counters.count == 1)
    }

    @Test func `is set aside where it is another program's`() throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE route (key TEXT)") }
        _ = OpenState(folder.path, told)
        #expect(told.all == [.setAside(kept: kept, reason: "it is another program's database")])
        #expect(try DatabaseQueue(path: kept).read { try $0.tableExists("route") })
    }

    @Test func `is set aside where a page is damaged`() throws {
        let state = OpenState(folder.path, told)
        for key in 0..<300 as Range<UInt64> { state.write(.of(1, key: key)) }
        state.close()
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.seek(toOffset: 4096 * 2)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096 * 4))
        try handle.close()
        let next = OpenState(folder.path, told)
        guard case .setAside(kept, _)? = told.all.first, told.all.count == 1 else {
            return #expect(Bool(false), "\(told.all)")
        }
        #expect(next.write(.of(1)))
    }

    @Test func `is left alone where a newer Postern wrote it, which is said once a minute`() throws {
        let state = OpenState(folder.path, told)
        state.close()
        try DatabaseQueue(path: path).write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        let next = OpenState(folder.path, told, fresh: .second)
        #expect(next.start.hashKey == .second)
        #expect(!next.write(.of(1), at: .noon + .milliseconds(59_999)))
        #expect(told.all.count == 1)
        #expect(!next.write(.of(1), at: .noon + .minutes(1)))
        #expect(told.all == Array(repeating: .unusable(reason: "a newer Postern has written it"), count: 2))
        #expect(folder.names.allSatisfy { !$0.contains("damaged") })
    }

    @Test func `is written as soon as there is a directory, and then is new`() throws {
        let state = OpenState(folder["later"], told)
        #expect(!state.write(.of(1)))
        try FileManager.default.createDirectory(atPath: folder["later"], withIntermediateDirectories: false)
        let outcome = state.attempt(.of(1))
        #expect(outcome.isWritten)
        #expect(outcome.isNewFile)
        #expect(told.all.last == .recovered)
    }

    @Test func `is another file where it was taken away, and has nothing of what was counted under another secret`()
        throws
    {
        let state = OpenState(folder.path, told)
        state.write(.of(1))
        let other = OpenState(folder["."], told, fresh: .second)
        other.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        let foreign = OpenState(folder.path, told, fresh: .second)
        foreign.write(.of(9, key: 9))
        foreign.close()
        let outcome = state.attempt(.of(2))
        #expect(outcome.isNewFile)
        #expect(state.counters == ["login 7": .of(2)])
    }

    @Test(.enabled(if: SmallDisk.isPossible)) func `is full: nothing is written, and everything once there is room`()
        throws
    {
        let disk = try SmallDisk(at: folder["disk"], bytes: 2 << 20)
        let state = OpenState(disk.path, told)
        #expect(state.write(.of(1)))
        disk.fill()
        var large = LimitBatch()
        for key in 0..<4000 as Range<UInt64> { large.counters.append(.init(rule: "login", record: .of(1, key: key))) }
        #expect(!state.write(large))
        guard case .unusable? = told.all.last else { return #expect(Bool(false), "\(told.all)") }
        disk.free()
        #expect(state.write(large))
        #expect(state.counters.count == 4000)
        #expect(told.all.last == .recovered)
    }

    @Test func `is locked by somebody: limits are not told to wait, and it is written later`() throws {
        let state = OpenState(folder.path, told)
        let holder = try DatabaseQueue(path: path)
        try holder.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            #expect(!state.write(.of(1)))
            try db.execute(sql: "ROLLBACK")
        }
        #expect(state.write(.of(1)))
        #expect(told.all.last == .recovered)
    }
}
