// SPDX-License-Identifier: Apache-2.0

/// A dictionary that keeps the newest keys only: when it is full, the oldest goes for each new one.
struct RecentMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let capacity: Int
    private var values: [Key: Value] = [:]
    private var order: [Key] = []
    private var oldest = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// The value of a key.
    subscript(key: Key) -> Value? { values[key] }

    /// Sets the value of a key; one that is there already does not become newer by it.
    mutating func set(_ value: Value, for key: Key) {
        guard values.updateValue(value, forKey: key) == nil else { return }
        guard order.count == capacity else { return order.append(key) }
        values[order[oldest]] = nil
        order[oldest] = key
        oldest = (oldest + 1) % capacity
    }
}
