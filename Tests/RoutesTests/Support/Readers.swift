// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Asks for a row that is always there, without a pause, until told to stop.
final class Readers: Sendable {
    private let postmap: Postmap
    private let isStopped = Mutex(false)

    init(_ postmap: Postmap) { self.postmap = postmap }

    func stop() { isStopped.withLock { $0 = true } }

    /// What a run of questions came to.
    struct Counts {
        /// Processes that asked a thousand times each.
        var processes = 0
        /// Those that died of an error, as trivial-rewrite(8) does; Postfix starts another and asks again.
        var died = 0
        /// Those whose successor could not answer at once either.
        var failedTwice = 0
    }

    /// Asks until it is told to stop.
    func read() throws -> Counts {
        var counts = Counts()
        while !isStopped.withLock({ $0 }) {
            let process = try postmap.asking("kept.example", count: 1000)
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            counts.processes += 1
            if text != "1000\n" {
                counts.died += 1
                if try postmap("kept.example").status != 0 { counts.failedTwice += 1 }
            }
        }
        return counts
    }
}
