// SPDX-License-Identifier: Apache-2.0
internal import LimitState
internal import PosternCore
internal import Synchronization

/// The limiter's counters, shared by all sessions: 64 shards with a lock each.
///
/// Two cores hardly contend for one lock; the shards are there so that growth, which moves a whole table, never stops
/// anybody for long.
final class ShardedLimiter: Sendable {
    private final class Shard: Sendable {
        let state: Mutex<LimitShard>

        init(_ shard: sending LimitShard) {
            state = Mutex(shard)
        }
    }

    static let shardCount = 64
    /// Together two million senders a rule; the idlest go first beyond that.
    private static let capacity = 32_768
    /// How many records are copied under a lock at a time.
    private static let portion = 256

    /// The rules by which it counts.
    let rules: LimitRules
    private let shards: [Shard]

    init(rules: LimitRules) {
        self.rules = rules
        shards = (0..<Self.shardCount).map { _ in Shard(LimitShard(rules: rules, capacity: Self.capacity)) }
    }

    /// A limiter by other rules that goes on from this one's counts, rule by rule of the same name.
    func continued(by rules: LimitRules, at moment: Moment) -> ShardedLimiter {
        ShardedLimiter(
            rules: rules,
            shards: shards.map { old in
                old.state.withLock { old in
                    Shard(LimitShard(rules: rules, capacity: Self.capacity, continuing: old, at: moment))
                }
            })
    }

    private init(rules: LimitRules, shards: [Shard]) {
        self.rules = rules
        self.shards = shards
    }

    /// Takes what has changed since it was last asked for, from shard `hand` on; ask until nothing comes.
    ///
    /// No lock is held for longer than it takes to copy a few hundred records.
    /// - Parameters:
    ///   - most: About how many at most.
    ///   - hand: The shard to begin with; afterwards the one to go on with.
    /// - Returns: The changes, a few more than `most` perhaps.
    func takeChanges(_ most: Int, from hand: inout Int) -> [LimitBatch.Counter] {
        var changes: [LimitBatch.Counter] = []
        for _ in shards.indices {
            for (index, rule) in rules.all.enumerated() {
                var records: [LimitRecord]
                repeat {
                    records = shards[hand].state.withLock { $0.takeChanges(ofRule: index, Self.portion) }
                    for record in records { changes.append(.init(rule: rule.name, record: record)) }
                } while records.count == Self.portion && changes.count < most
            }
            guard changes.count < most else { return changes }
            hand = (hand + 1) % shards.count
        }
        return changes
    }

    /// Has everything told as changed, for a store that has nothing of it.
    func noteAllChanged() {
        for shard in shards { shard.state.withLock { $0.noteAllChanged() } }
    }

    /// Goes on from a stored record of the rule of that name, if there still is one.
    func restore(_ record: LimitRecord, ofRule name: String, at moment: Moment) {
        guard let index = rules.all.firstIndex(where: { $0.name == name }) else { return }
        shards[record.key.shard(of: shards.count)].state.withLock { $0.restore(record, ofRule: index, at: moment) }
    }

    /// Looks at so many places of each table for senders that are long idle.
    func sweep(_ places: Int, at moment: Moment) {
        for shard in shards { shard.state.withLock { $0.sweep(places, at: moment) } }
    }

    /// The shards as the core asks for them.
    var store: Store { Store(limiter: self) }

    /// Lends shards under their locks; copies share them.
    struct Store: LimitStore {
        fileprivate let limiter: ShardedLimiter

        var shardCount: Int { limiter.shards.count }

        mutating func withShard<Result>(_ index: Int, _ body: (inout LimitShard) -> Result) -> Result {
            limiter.shards[index].state.withLock { shard in
                // Not sent out of the lock: the core's results are plain values.
                nonisolated(unsafe) let result = body(&shard)
                return result
            }
        }
    }
}
