// SPDX-License-Identifier: Apache-2.0
import SeededRandom
import Testing

@testable import PosternCore

@Suite struct `A limit table of many senders` {
    private let start = Moment(seconds: 1_800_000_000)
    private let rate = Rate(limit: 10, window: .minutes(10))

    private func keys(_ count: Int, seed: UInt64) -> [SenderKey] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in SenderKey(low: random.next(), high: random.next()) }
    }

    @Test(arguments: UInt64(1)...10) func `finds each of them, whoever came and went before`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Few different places in the index, so that runs of neighbours form and are cut.
        let keys = (0..<300).map { SenderKey(low: random.next() & 7 | UInt64($0) << 54, high: UInt64($0)) }
        var table = LimitTable(rates: [rate], capacity: 1000)
        var expected: [SenderKey: (count: UInt64, at: Moment)] = [:]
        var now = start
        for _ in 0..<3000 {
            now = now + .seconds(Int64.random(in: 0...4, using: &random))
            if random.next() % 4 == 0 { table.sweep(40, at: now) }
            guard let key = keys.randomElement(using: &random) else { continue }
            let isForgotten = expected[key].map { now.since($0.at) >= .minutes(11) } ?? true
            if isForgotten { expected[key] = (0, now) }
            if table.observe(1, for: key, at: now) == .taken, isForgotten { expected[key] = (1, now) }
        }
        for key in keys {
            guard let last = expected[key], now.since(last.at) < .minutes(9) else { continue }
            #expect(table.usage(of: key, at: now).first?.used ?? 0 >= last.count)
        }
        table.sweep(1000, at: now + .minutes(11))
        #expect(table.count == 0)
        #expect(table.allRecords().isEmpty)
    }

    @Test func `never holds more than its capacity`() {
        var table = LimitTable(rates: [rate], capacity: 100)
        for key in keys(5000, seed: 2) { _ = table.take(1, for: key, at: start) }
        #expect(table.count == 100)
        #expect(table.evictions.active == 4900)
    }

    @Test func `lets the idle give way first`() {
        var table = LimitTable(rates: [rate], capacity: 64)
        let all = keys(65, seed: 3)
        _ = table.take(9, for: all[0], at: start)
        for key in all[1..<64] { _ = table.take(9, for: key, at: start + .minutes(11)) }
        _ = table.take(1, for: all[64], at: start + .minutes(11))
        #expect(table.evictions.idle == 1 && table.evictions.active == 0)
        #expect(table.usage(of: all[1], at: start + .minutes(11)).map(\.used) == [9])
    }

    @Test func `frees no sender at the limit while there is anybody below it`() {
        var table = LimitTable(rates: [rate], capacity: 64)
        let limited = keys(63, seed: 4)
        for key in limited { _ = table.take(10, for: key, at: start) }
        for key in keys(3000, seed: 5) { _ = table.take(1, for: key, at: start) }
        for key in limited { #expect(table.take(1, for: key, at: start) != .taken) }
        #expect(table.evictions.limited == 0)
    }

    @Test func `counts those at the limit that give way because there is nobody else`() {
        var table = LimitTable(rates: [rate], capacity: 64)
        for key in keys(66, seed: 6) { _ = table.take(10, for: key, at: start) }
        #expect(table.evictions.limited == 2)
        #expect(table.count == 64)
    }

    @Test func `is swept a little at a time, and keeps who still counts`() {
        var table = LimitTable(rates: [rate], capacity: 1000)
        let all = keys(200, seed: 7)
        for key in all { _ = table.take(1, for: key, at: start) }
        let later = start + .minutes(11)
        _ = table.take(1, for: all[150], at: later)
        for left in [150, 100, 50, 1] {
            table.sweep(50, at: later)
            #expect(table.count == left)
        }
        #expect(table.usage(of: all[150], at: later).map(\.used) == [1])
    }

    @Test func `tells each change once, however often it was made`() {
        var table = LimitTable(rates: [rate], capacity: 1000)
        let all = keys(10, seed: 8)
        for key in all + all { _ = table.take(1, for: key, at: start) }
        let first = table.takeChanges(4)
        let rest = table.takeChanges(100)
        #expect(first.count == 4 && rest.count == 6)
        #expect(Set((first + rest).map(\.key)) == Set(all))
        #expect((first + rest).allSatisfy { $0.counts.first?.newestFirst == [2] })
        #expect(table.takeChanges(100).isEmpty)
        _ = table.take(1, for: all[3], at: start)
        #expect(table.takeChanges(100).map(\.key) == [all[3]])
    }

    @Test func `tells no change of who was swept, and of who took that place only the own`() {
        var table = LimitTable(rates: [rate], capacity: 1000)
        let all = keys(2, seed: 9)
        _ = table.take(1, for: all[0], at: start)
        table.sweep(10, at: start + .minutes(11))
        #expect(table.takeChanges(10).isEmpty)
        _ = table.take(1, for: all[0], at: start)
        table.sweep(10, at: start + .minutes(11))
        _ = table.take(3, for: all[1], at: start + .minutes(11))
        #expect(table.takeChanges(10).map(\.counts.first?.newestFirst) == [[3]])
    }

    @Test func `lists a place as changed once, however often it changes hands unread`() {
        var table = LimitTable(rates: [rate], capacity: 1000)
        for (round, key) in keys(50, seed: 10).enumerated() {
            _ = table.take(1, for: key, at: start + .minutes(11 * round))
            table.sweep(10, at: start + .minutes(11 * (round + 1)))
        }
        #expect(table.changed.count == 1)
    }
}
