// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// A value that one thread gives and another waits for.
final class Promise<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let given = NSCondition()

    func set(_ new: Value) {
        given.withLock {
            value.withLock { $0 = new }
            given.broadcast()
        }
    }

    /// The value; `nil` if it does not come within a test's patience.
    func wait() -> Value? {
        let deadline = Date(timeIntervalSinceNow: Collector.patience)
        return given.withLock {
            while value.withLock({ $0 == nil }) {
                guard given.wait(until: deadline) else { break }
            }
            return value.withLock { $0 }
        }
    }
}
