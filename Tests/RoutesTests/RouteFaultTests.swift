// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import PosternCore
import Routes
import ScratchSpace
import Testing

@Suite struct `A store of routes whose disk is bad` {
    let folder: ScratchFolder
    let now = Moment(seconds: 1_772_452_800)

    init() throws { folder = try ScratchFolder() }

    private var path: String { folder["routes.db"] }
    private var keptPath: String { folder["routes.db.damaged-20260302T120000Z"] }
    private var later: Moment { now + .minutes(30) }

    @Test func `sets a file aside that is no database, and begins anew`() throws {
        let text = String(repeating: "not a database\n", count: 100)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let store = try RouteStore(path: path, at: now)
        #expect(store.renewal == .setAside(kept: keptPath, reason: "file is not a database"))
        #expect(try String(contentsOfFile: keptPath, encoding: .utf8) == text)
        try store.publish(RouteBatch(upserts: [.pause("a.example", until: later)]), at: now)
        #expect(try store.rows(at: now).map(\.key) == ["a.example"])
    }

    @Test func `sets another program's database aside`() throws {
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE route (key TEXT)") }
        try other.close()
        let store = try RouteStore(path: path, at: now)
        #expect(store.renewal == .setAside(kept: keptPath, reason: "it is another program's database"))
    }

    @Test func `leaves a newer Postern's file alone and says so`() throws {
        try RouteStore(path: path, at: now).close()
        let newer = try DatabaseQueue(path: path)
        try newer.inDatabase { try $0.execute(sql: "PRAGMA user_version = 2") }
        try newer.close()
        #expect(throws: RouteStoreError.newerSchema(path: path)) { try RouteStore(path: path, at: now) }
    }

    @Test func `says so and is empty when it finds the damage as it writes, and then goes on`() throws {
        let store = try RouteStore(path: path, at: now)
        let rows = (0..<2000).map { RouteRow.pause("\($0).example", until: later) }
        try store.publish(RouteBatch(upserts: rows), at: now)
        store.close()
        let reopened = try RouteStore(path: path, at: now)
        try overwritePages()
        // Another connection's change makes the store look at the disk again.
        try? DatabaseQueue(path: path).inDatabase { try $0.execute(sql: "PRAGMA user_version = 1") }
        var thrown: RouteStoreError?
        do throws(RouteStoreError) { try reopened.publish(RouteBatch(upserts: rows), at: now) } catch { thrown = error }
        guard case .begunAnew(path, .setAside(keptPath, _))? = thrown else {
            return #expect(Bool(false), "\(String(describing: thrown))")
        }
        #expect(try reopened.rows(at: now) == [])
        try reopened.publish(RouteBatch(upserts: rows), at: now)
        #expect(try reopened.rows(at: now).count == 2000)
    }

    @Test func `says so where its file was removed while it was open`() throws {
        let store = try RouteStore(path: path, at: now)
        for name in folder.names { try FileManager.default.removeItem(atPath: folder[name]) }
        let batch = RouteBatch(upserts: [.pause("a.example", until: later)])
        #expect(throws: RouteStoreError.begunAnew(path: path, .missing)) { try store.publish(batch, at: now) }
        try store.publish(batch, at: now)
        #expect(try store.rows(at: now).map(\.key) == ["a.example"])
    }

    @Test func `keeps the old rows while another program holds the lock, and writes afterwards`() throws {
        let store = try RouteStore(path: path, at: now)
        try store.publish(RouteBatch(upserts: [.pause("a.example", until: later)]), at: now)
        let other = try DatabaseQueue(path: path)
        let batch = RouteBatch(upserts: [.pause("b.example", until: later)], deletes: ["a.example"])
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            #expect(throws: RouteStoreError.unavailable(path: path, reason: "database is locked")) {
                try store.publish(batch, at: now)
            }
            #expect(try store.rows(at: now).map(\.key) == ["a.example"])
            try db.execute(sql: "ROLLBACK")
        }
        try store.publish(batch, at: now)
        #expect(try store.rows(at: now).map(\.key) == ["b.example"])
    }

    @Test func `cannot be made where there is no directory`() throws {
        let path = folder["absent/routes.db"]
        #expect(throws: RouteStoreError.unavailable(path: path, reason: "cannot be made: No such file or directory")) {
            try RouteStore(path: path, at: now)
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting needs root"))
    func `keeps the old rows on a full disk, and writes once there is room`() throws {
        let disk = try SmallDisk(at: folder["disk"], bytes: 8 << 20)
        let store = try RouteStore(path: disk.path + "/routes.db", at: now)
        let old = RouteRow.pause("old.example", until: later)
        try store.publish(RouteBatch(upserts: [old]), at: now)
        disk.fill()
        let rows = (0..<20_000).map { RouteRow.pause("\($0).example", until: later) }
        let batch = RouteBatch(upserts: rows, deletes: ["old.example"])
        for _ in 1...3 {
            #expect(throws: RouteStoreError.unavailable(path: store.path, reason: "database or disk is full")) {
                try store.publish(batch, at: now)
            }
            #expect(try store.rows(at: now) == [old])
        }
        disk.free()
        try store.publish(batch, at: now)
        #expect(try store.rows(at: now).count == 20_000)
        store.close()
    }

    private func overwritePages() throws {
        let connection = try DatabaseQueue(path: path)
        try connection.inDatabase { _ = try $0.checkpoint(.truncate) }
        try connection.close()
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
        try handle.close()
    }
}
