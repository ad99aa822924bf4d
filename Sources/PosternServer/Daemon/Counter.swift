// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// A number that only grows, shared between threads without a lock.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    /// Adds one.
    func increment() {
        count.wrappingAdd(1, ordering: .relaxed)
    }

    /// The number so far.
    var value: Int { count.load(ordering: .relaxed) }
}
