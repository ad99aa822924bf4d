// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import PosternCore
import Routes
import ScratchSpace
import Testing

@Suite struct `A store of routes` {
    let folder: ScratchFolder
    let now = Moment.now

    init() throws { folder = try ScratchFolder() }

    private var path: String { folder["routes.db"] }
    private var later: Moment { now + .minutes(30) }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder[name])[.posixPermissions] as? Int
    }

    @Test func `gives back what was published, by key`() throws {
        let store = try RouteStore(path: path, at: now)
        #expect(store.renewal == .missing)
        let rows = [
            RouteRow(key: "b.example", target: .retry(text: "4.7.0 it's: kept"), expires: later),
            RouteRow(key: "ann@c.example", target: .transport("postern-probe"), expires: later),
            RouteRow(
                key: "d.example", target: .relay(transport: "relay", host: "192.0.2.25", port: 587), expires: later),
            RouteRow(key: "e.example", target: .usual, expires: later),
        ]
        try store.publish(RouteBatch(upserts: rows), at: now)
        #expect(try store.rows(at: now) == rows.sorted { $0.key < $1.key })
        store.close()
        let again = try RouteStore(path: path, at: now)
        #expect(again.renewal == nil)
        #expect(try again.rows(at: now) == rows.sorted { $0.key < $1.key })
    }

    @Test func `replaces a row and removes one in the same batch`() throws {
        let store = try RouteStore(path: path, at: now)
        try store.publish(
            RouteBatch(upserts: [.pause("a.example", until: later), .pause("b.example", until: later)]), at: now)
        let renewed = RouteRow.pause("b.example", text: "4.7.0 still", until: later + .minutes(5))
        try store.publish(RouteBatch(upserts: [renewed], deletes: ["a.example", "never.example"]), at: now)
        #expect(try store.rows(at: now) == [renewed])
    }

    @Test func `takes out what has expired when it opens and when it publishes`() throws {
        let store = try RouteStore(path: path, at: now)
        try store.publish(
            RouteBatch(upserts: [
                .pause("a.example", until: now + .seconds(1)), .pause("b.example", until: now + .seconds(2)),
                .pause("c.example", until: now + .seconds(3)),
            ]), at: now)
        try store.publish(RouteBatch(), at: now + .seconds(1))
        #expect(try store.rows(at: now).map(\.key) == ["b.example", "c.example"])
        store.close()
        #expect(try RouteStore(path: path, at: now + .seconds(2)).rows(at: now).map(\.key) == ["c.example"])
    }

    @Test func `takes out what Postern cannot have written when it opens`() throws {
        try RouteStore(path: path, at: now).close()
        let other = try DatabaseQueue(path: path)
        try other.write { db in
            try db.execute(
                sql: """
                    INSERT INTO route VALUES ('a.example', 'error:5.1.1 gone', 9999999999), ('b.example', x'00ff', 9999999999),
                    ('c.example', 'smtp:host', 9999999999), ('d.example', ':', 'soon'), ('', ':', 9999999999),
                    ('good.example', 'retry:4.7.0 x', 9999999999)
                    """)
        }
        try other.close()
        let store = try RouteStore(path: path, at: now)
        // `error:` with a text of that form is no target of ours, which has no text but after `retry:`.
        #expect(try store.rows(at: now).map(\.key) == ["good.example"])
        let left = try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: "SELECT key FROM route") }
        #expect(left == ["good.example"])
    }

    @Test func `can be read by its directory's group alone, side files included`() throws {
        chown(folder.path, .max, 5)
        chmod(folder.path, 0o2750)
        let old = umask(0o077)
        defer { umask(old) }
        let store = try RouteStore(path: path, at: now)
        try store.publish(RouteBatch(upserts: [.pause("a.example", until: later)]), at: now)
        for _ in 1...2 {
            for name in ["routes.db", "routes.db-shm", "routes.db-wal"] {
                #expect(try mode(name) == 0o640, "\(name)")
                let group = try FileManager.default.attributesOfItem(atPath: folder[name])[.groupOwnerAccountID]
                #expect(group as? Int == (geteuid() == 0 ? 5 : Int(getegid())), "\(name)")
            }
            // They stay when the store is closed.
            store.close()
        }
    }

    @Test func `never empties its log, for a log without a frame keeps readers out`() throws {
        for _ in 1...3 {
            let store = try RouteStore(path: path, at: now)
            try store.publish(RouteBatch(upserts: [.pause("a.example", until: later)]), at: now)
            try store.publish(RouteBatch(deletes: ["a.example"]), at: now)
            store.close()
            let size = try FileManager.default.attributesOfItem(atPath: folder["routes.db-wal"])[.size] as? Int ?? 0
            #expect(size > 4096)
        }
    }

    @Test func `keeps its log small while a reader has it open`() throws {
        let store = try RouteStore(path: path, at: now)
        let reader = try DatabaseQueue(path: path)
        for round in 1...50 {
            let rows = (0..<2000).map { RouteRow.pause("\($0).example", until: later + .seconds(round)) }
            try store.publish(RouteBatch(upserts: rows), at: now)
            #expect(try reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM route") } == 2000)
        }
        let size = try FileManager.default.attributesOfItem(atPath: folder["routes.db-wal"])[.size] as? Int ?? .max
        // One batch is some 200 kB.
        #expect(size < 1 << 20, "\(size) bytes")
    }
}
