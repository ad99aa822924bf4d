// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Numbers below a count, one after the other, round and round.
final class Turn: Sendable {
    private let count: UInt
    private let last = Atomic<UInt>(0)

    init(count: Int) { self.count = UInt(max(1, count)) }

    func next() -> Int { Int(last.wrappingAdd(1, ordering: .relaxed).oldValue % count) }
}
