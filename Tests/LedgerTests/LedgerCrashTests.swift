// SPDX-License-Identifier: Apache-2.0
import Glibc
import Ledger
import PosternCore
import ScratchSpace
import Testing

@Suite struct `A ledger whose process is killed` {
    @Test func `counts nothing twice and skips nothing when it reads on from its position`() async throws {
        let folder = try ScratchFolder()
        let path = folder.path
        var reached = 0
        for round in 1...8 {
            // Killed at different lengths of what was recorded, so at different points of a transaction.
            let length = 200 * round + 37
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, length = length as Int] in
                let ledger = try Ledger(
                    directory: path, options: LedgerOptions(interval: .milliseconds(10), batch: 50),
                    clock: { .noon }, tell: { _ in })
                let first = (ledger.position(for: "log").flatMap { Int($0) } ?? 0) + 1
                for line in first..<first + length {
                    ledger.record(
                        [.refused(.block(token: "T\(line % 100)"))],
                        reaching: LedgerPosition(source: "log", text: "\(line)"))
                    // Some of it is on disk at the end, and some is not.
                    if line == first + length / 2 { ledger.flush() }
                }
                kill(getpid(), SIGKILL)
            }
            let reader = try LedgerReader(directory: path)
            let position = try #require(try reader.position(for: "log").flatMap { Int($0) })
            let kinds = try reader.rejections(RejectionQuery(since: .noon, limit: 1000))
            #expect(kinds.reduce(0) { $0 + $1.count } == position)
            #expect(kinds.reduce(0) { $0 + $1.total } == position)
            #expect(try reader.totals(since: .noon).reduce(0) { $0 + $1.bounced } == position)
            #expect(position >= reached + length / 2)
            reached = position
        }
    }
}
