// SPDX-License-Identifier: Apache-2.0

/// Something kept of senders that were active of late, for a bounded number of them.
///
/// Two generations: what is used is in the younger one; when that holds half the capacity it becomes the older, and what
/// the older still held is forgotten. So whoever is used stays, and no step costs more than moving one entry, but for
/// the release of a generation.
public struct RecentTable<Value: Sendable>: Sendable {
    @usableFromInline let generation: Int
    @usableFromInline var younger: [SenderKey: Value] = [:]
    @usableFromInline var older: [SenderKey: Value] = [:]

    /// An empty table for `capacity` senders at most, at least two.
    public init(capacity: Int) {
        generation = max(capacity / 2, 1)
    }

    /// How many senders are remembered.
    public var count: Int { younger.count + older.count }

    /// Changes what is kept of a sender, `initial` if nothing is.
    /// - Returns: What `body` returns.
    @inlinable public mutating func update<Result>(
        _ key: SenderKey, initial: @autoclosure () -> Value, _ body: (inout Value) -> Result
    ) -> Result {
        if younger[key] == nil {
            let value = older.removeValue(forKey: key) ?? initial()
            if younger.count >= generation {
                older = younger
                younger = [:]
            }
            younger[key] = value
        }
        return body(&younger[key, default: initial()])
    }

    /// What is kept of a sender, without counting as use.
    public func value(of key: SenderKey) -> Value? {
        younger[key] ?? older[key]
    }
}
