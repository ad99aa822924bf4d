// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import Routes
import Testing

@Suite(.enabled(if: Postmap.isPossible, "needs root and Postfix with sqlite"))
struct `A store of routes whose process is killed` {
    @Test func `is read all the while, and holds what was last published`() async throws {
        let folder = try ScratchFolder()
        let path = folder["routes.db"]
        let postmap = try Postmap(path, in: folder)
        let store = try RouteStore(path: path, at: .now)
        try store.publish(RouteBatch(upserts: [.pause("kept.example", until: .now + .hours(1))]), at: .now)
        store.close()
        let readers = Readers(postmap)
        let reading = Task.detached { try readers.read() }
        for round in 1...12 {
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
        }
        readers.stop()
        let counts = try await reading.value
        #expect(counts.processes > 1)
        // A reader that asks in the very moment in which a writer recovers is refused: next to never, and never twice.
        #expect(counts.died <= 2, "\(counts)")
        #expect(counts.failedTwice == 0, "\(counts)")
        let count = try RouteStore(path: path, at: .now).rows(at: .now).count
        #expect(count == 1 || count == 501)
    }
}
