// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// What sessions have heard, in order, from any thread.
final class Notes: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) {
        lines.withLock { $0.append(line) }
    }

    var all: [String] { lines.withLock { $0 } }

    /// Waits until a line has been noted.
    /// - Returns: Whether it came within 10 s.
    func wait(for line: String) -> Bool {
        for _ in 0..<10_000 {
            if all.contains(line) { return true }
            usleep(1_000)
        }
        return false
    }
}
