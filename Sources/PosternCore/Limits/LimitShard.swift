// SPDX-License-Identifier: Apache-2.0

/// One shard of the limiter: a table for each rule.
///
/// Whoever shares it among threads puts a lock around it. A rule is known by its place among the rules; a place that there is not lets everything pass and counts nothing.
public struct LimitShard: Sendable {
    /// The rules' tables, in the order of the rules.
    public private(set) var tables: [LimitTable]
    private let rules: [LimitRule]

    /// An empty shard, whose table for each rule holds `capacity` senders at most.
    public init(rules: LimitRules, capacity: Int) {
        self.rules = rules.all
        tables = rules.all.map { LimitTable(rates: $0.rates, capacity: capacity) }
    }

    /// An empty shard that goes on from another's counts, rule by rule of the same name: for rules that were reloaded.
    public init(rules: LimitRules, capacity: Int, continuing old: LimitShard, at moment: Moment) {
        self.init(rules: rules, capacity: capacity)
        for (index, rule) in self.rules.enumerated() {
            guard let before = old.rules.firstIndex(where: { $0.name == rule.name }) else { continue }
            for record in old.tables[before].allRecords() { tables[index].restore(record, at: moment) }
            // What is not written down yet must still be.
            tables[index].noteChanges(of: old.tables[before])
        }
    }

    /// Counts so many, if the rule's rates have room or it only observes.
    /// - Returns: The breach, if there is one; nothing was counted then unless the rule only observes.
    public mutating func take(_ count: UInt32, _ limit: AppliedLimit, at moment: Moment) -> Breach? {
        guard rules.indices.contains(limit.rule) else { return nil }
        let over = rules[limit.rule].over
        let outcome =
            over == .observe
            ? tables[limit.rule].observe(count, for: limit.key, at: moment)
            : tables[limit.rule].take(count, for: limit.key, at: moment)
        switch outcome {
        case .taken: return nil
        case .over(let rate, let wait): return Breach(rule: limit.rule, rate: rate, over: over, retryAfter: wait)
        }
    }

    /// Takes back so many that were counted at `takenAt`.
    public mutating func giveBack(_ count: UInt32, _ limit: AppliedLimit, takenAt: Moment, at moment: Moment) {
        guard rules.indices.contains(limit.rule) else { return }
        tables[limit.rule].giveBack(count, for: limit.key, takenAt: takenAt, at: moment)
    }

    /// How much of each rate is used; empty if nothing is known.
    public mutating func usage(of limit: AppliedLimit, at moment: Moment) -> [RateUsage] {
        guard rules.indices.contains(limit.rule) else { return [] }
        return tables[limit.rule].usage(of: limit.key, at: moment)
    }

    /// Sets the counters of a sender to nothing.
    public mutating func reset(_ limit: AppliedLimit, at moment: Moment) {
        guard rules.indices.contains(limit.rule) else { return }
        tables[limit.rule].reset(limit.key, at: moment)
    }

    /// Looks at so many places of each table for senders whose counts have left all windows.
    public mutating func sweep(_ limit: Int, at moment: Moment) {
        for index in tables.indices { tables[index].sweep(limit, at: moment) }
    }

    /// The records of a rule that changed since they were last asked for; ask until none are left.
    public mutating func takeChanges(ofRule rule: Int, _ limit: Int) -> [LimitRecord] {
        guard rules.indices.contains(rule) else { return [] }
        return tables[rule].takeChanges(limit)
    }

    /// Has all records told as changed.
    public mutating func noteAllChanged() {
        for index in tables.indices { tables[index].noteAllChanged() }
    }

    /// Goes on from a stored record of a rule.
    public mutating func restore(_ record: LimitRecord, ofRule rule: Int, at moment: Moment) {
        guard rules.indices.contains(rule) else { return }
        tables[rule].restore(record, at: moment)
    }
}
