// SPDX-License-Identifier: Apache-2.0

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
