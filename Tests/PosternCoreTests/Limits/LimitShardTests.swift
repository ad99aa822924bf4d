// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `Limits after a reload` {
    private let start = Moment(seconds: 1_800_000_000)
    private let key = HashKey(low: 1, high: 2)

    private func rules(_ stated: (name: String, limit: UInt32)...) -> LimitRules {
        LimitRules(
            stated.map {
                LimitRule(
                    name: $0.name, subject: .senders(.login), rates: [Rate(limit: $0.limit, window: .minutes(10))],
                    over: .hold)
            }, hashKey: key)
    }

    @Test func `go on from the counts of the rule of the same name, wherever it stands now`() {
        var old = LimitShard(rules: rules(("a", 10), ("b", 10)), capacity: 100)
        _ = old.take(7, AppliedLimit(rule: 1, key: .server), at: start)
        var new = LimitShard(rules: rules(("b", 8), ("c", 8)), capacity: 100, continuing: old, at: start)
        #expect(new.take(2, AppliedLimit(rule: 0, key: .server), at: start) != nil)
        #expect(new.take(1, AppliedLimit(rule: 0, key: .server), at: start) == nil)
        #expect(new.take(8, AppliedLimit(rule: 1, key: .server), at: start) == nil)
    }
}
