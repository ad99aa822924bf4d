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
