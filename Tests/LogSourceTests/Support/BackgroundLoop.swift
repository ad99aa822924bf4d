// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Does something again and again on a thread of its own, until told to stop.
final class BackgroundLoop: Sendable {
    private let rounds = Atomic<Int>(0)
    private let isStopping = Atomic<Bool>(false)
    private let end = DispatchSemaphore(value: 0)

    /// Begins to do `body`, which is safe beside the test's own thread, or it would not be a test of what happens at once.
    init(_ body: @escaping () throws -> Void) {
        nonisolated(unsafe) let body = body
        Thread.detachNewThread { [self] in
            while !isStopping.load(ordering: .acquiring) {
                try? body()
                rounds.add(1, ordering: .relaxed)
            }
            end.signal()
        }
    }

    var count: Int { rounds.load(ordering: .relaxed) }

    func stop() {
        isStopping.store(true, ordering: .releasing)
        end.wait()
    }
}
