// SPDX-License-Identifier: Apache-2.0

/// Where the shards of a limiter are.
///
/// A daemon puts a lock around each; a replay has them to itself.
public protocol LimitStore {
    /// How many shards there are; at least one.
    var shardCount: Int { get }

    /// Lends one shard to `body`, by its number as `SenderKey.shard(of:)` gives it for `shardCount`.
    mutating func withShard<Result>(_ index: Int, _ body: (inout LimitShard) -> Result) -> Result
}

/// Shards without locks, for one thread.
public struct UnsharedLimitStore: LimitStore, Sendable {
    private var shards: [LimitShard]

    /// Empty shards, at least one; together they hold `capacity` senders under each rule.
    public init(rules: LimitRules, shardCount: Int = 1, capacity: Int) {
        let count = max(shardCount, 1)
        shards = Array(repeating: LimitShard(rules: rules, capacity: capacity / count + 1), count: count)
    }

    /// How many shards there are.
    public var shardCount: Int { shards.count }

    /// Lends one shard.
    public mutating func withShard<Result>(_ index: Int, _ body: (inout LimitShard) -> Result) -> Result {
        body(&shards[index])
    }
}
