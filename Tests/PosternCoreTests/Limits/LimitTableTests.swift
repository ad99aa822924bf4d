// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `A limit table` {
    private let start = Moment(seconds: 1_800_000_000)
    private let rates = [Rate(limit: 10, window: .minutes(10)), Rate(limit: 15, window: .hours(1))]

    private func key(_ number: UInt64) -> SenderKey {
        var random = SplitMix64(seed: number)
        return SenderKey(low: random.next(), high: random.next())
    }

    private func used(_ table: LimitTable, _ key: SenderKey, at moment: Moment) -> [UInt64] {
        var table = table
        return table.usage(of: key, at: moment).map(\.used)
    }

    @Test func `lets exactly as much pass as the tightest rate has room for`() {
        var table = LimitTable(rates: rates, capacity: 64)
        for _ in 0..<10 { #expect(table.take(1, for: key(1), at: start) == .taken) }
        guard case .over(let rate, _) = table.take(1, for: key(1), at: start) else {
            Issue.record("the eleventh passed")
            return
        }
        #expect(rate == rates[0])
    }

    @Test func `counts in no rate what one rate refuses`() {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(9, for: key(1), at: start)
        #expect(table.take(2, for: key(1), at: start) != .taken)
        #expect(used(table, key(1), at: start) == [9, 9])
    }

    @Test func `names the rate that stays full longest`() {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(10, for: key(1), at: start)
        _ = table.take(5, for: key(1), at: start + .minutes(11))
        guard case .over(let rate, let wait?) = table.take(6, for: key(1), at: start + .minutes(11)) else {
            Issue.record("sixteen passed in an hour")
            return
        }
        #expect(rate == rates[1])
        #expect(wait <= .minutes(52) && wait >= .minutes(49))
    }

    @Test func `never lets pass what is more than a rate lets through at once, and remembers nobody for it`() {
        var table = LimitTable(rates: rates, capacity: 64)
        #expect(table.take(11, for: key(1), at: start) == .over(rates[0], wait: nil))
        #expect(table.count == 0)
        _ = table.take(1, for: key(1), at: start)
        #expect(table.take(11, for: key(1), at: start) == .over(rates[0], wait: nil))
    }

    @Test func `grants thirty of thirty a minute, wherever the minute begins`() {
        var table = LimitTable(rates: [Rate(limit: 30, window: .minutes(1))], capacity: 64)
        var passed: [Moment] = []
        for tenth in Int64(0)..<1200 {
            let moment = start + .milliseconds(tenth * 100)
            if table.take(1, for: key(1), at: moment) == .taken { passed.append(moment) }
        }
        for (first, last) in zip(passed, passed.dropFirst(30)) { #expect(last.since(first) > .minutes(1)) }
        #expect(passed.count == 60)
    }

    @Test func `gives room again at once for what is given back`() {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(10, for: key(1), at: start)
        table.giveBack(4, for: key(1), takenAt: start, at: start + .seconds(30))
        #expect(table.take(4, for: key(1), at: start + .seconds(30)) == .taken)
        #expect(table.take(1, for: key(1), at: start + .seconds(30)) != .taken)
    }

    @Test func `is not harmed by what is given back too late, twice, or by a stranger`() {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(3, for: key(1), at: start)
        _ = table.take(5, for: key(1), at: start + .minutes(30))
        table.giveBack(3, for: key(1), takenAt: start, at: start + .minutes(30))
        table.giveBack(3, for: key(1), takenAt: start, at: start + .minutes(30))
        table.giveBack(3, for: key(2), takenAt: start, at: start)
        #expect(used(table, key(1), at: start + .minutes(30)) == [5, 5])
        #expect(table.count == 1)
    }

    @Test func `that only observes counts on over the limit, and says so`() {
        var table = LimitTable(rates: [rates[0]], capacity: 64)
        #expect(table.observe(10, for: key(1), at: start) == .taken)
        #expect(table.observe(5, for: key(1), at: start) != .taken)
        #expect(used(table, key(1), at: start) == [15])
    }

    @Test func `whose counter is full stays full`() {
        var table = LimitTable(rates: [rates[0]], capacity: 64)
        _ = table.observe(.max, for: key(1), at: start)
        _ = table.observe(.max, for: key(1), at: start)
        #expect(used(table, key(1), at: start) == [UInt64(UInt32.max)])
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func `survives any moment`(milliseconds: Int64) {
        let moment = Moment(milliseconds: milliseconds)
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(10, for: key(1), at: moment)
        _ = table.take(10, for: key(1), at: start)
        #expect(used(table, key(1), at: start) == [10, 10])
        table.giveBack(10, for: key(1), takenAt: moment, at: start)
        table.sweep(64, at: moment)
        for record in table.allRecords() { table.restore(record, at: moment) }
        #expect(table.count <= 1)
    }

    @Test func `takes a moment that another thread was a little earlier with for its own`() {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(1, for: key(1), at: start)
        _ = table.take(1, for: key(1), at: start - .seconds(10))
        #expect(table.allRecords().map(\.stamp) == [start])
    }

    @Test func `with a moment far ahead by mistake holds nobody longer than a window after`() {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(10, for: key(1), at: start + .hours(50_000))
        #expect(table.take(1, for: key(1), at: start) != .taken)
        #expect(table.take(5, for: key(1), at: start + .minutes(11)) == .taken)
        #expect(table.take(10, for: key(1), at: start + .minutes(65)) == .taken)
    }

    @Test func `forgets at an operator's word`() {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(10, for: key(1), at: start)
        table.reset(key(1), at: start)
        #expect(table.take(10, for: key(1), at: start) == .taken)
    }
}
