// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import Routes
import ScratchSpace
import Testing

@Suite(.enabled(if: Postmap.isPossible, "needs root and Postfix with sqlite"))
struct `A store of routes whose process is killed` {
    @Test func `is read before the next opens it, and holds whole batches`() async throws {
        let folder = try ScratchFolder()
        let path = folder["routes.db"]
        let postmap = try Postmap(path, in: folder)
        let store = try RouteStore(path: path, at: .now)
        try store.publish(RouteBatch(upserts: [.pause("kept.example", until: .now + .hours(1))]), at: .now)
        store.close()
        for round in 1...6 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, round = round as Int] in
                let store = try RouteStore(path: path, at: .now)
                Thread.detachNewThread {
                    // Killed at different points of a transaction.
                    usleep(UInt32(3000 + 1777 * round))
                    kill(getpid(), SIGKILL)
                }
                while true {
                    let rows = (0..<500).map { RouteRow.pause("\($0).example", until: .now + .hours(1)) }
                    try store.publish(RouteBatch(upserts: rows), at: .now)
                    try store.publish(RouteBatch(deletes: rows.map(\.key)), at: .now)
                }
            }
            #expect(try postmap("kept.example") == .found("retry:4.7.0 mail is kept"))
            let store = try RouteStore(path: path, at: .now)
            #expect(store.renewal == nil)
            let count = try store.rows(at: .now).count
            #expect(count == 1 || count == 501)
            store.close()
        }
    }
}
