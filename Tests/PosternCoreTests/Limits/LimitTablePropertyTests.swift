// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `Whatever a sender does, a limit` {
    private static let start: Int64 = 1_800_000_000_000

    private func someRates(_ random: inout SplitMix64) -> [Rate] {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
            Rate(
                limit: UInt32.random(in: 1...40, using: &random),
                window: .milliseconds(Int64.random(in: 1000...7_200_000, using: &random)))
        }
    }

    /// How long until the next thing happens: mostly little, now and then about a window.
    private func pause(_ random: inout SplitMix64, _ rates: [Rate]) -> Int64 {
        let window = rates.randomElement(using: &random)?.windowMilliseconds ?? 1000
        return Int64.random(in: 0...(random.next() % 10 == 0 ? window + window / 10 : window / 20), using: &random)
    }

    @Test(arguments: UInt64(1)...60)
    func `never lets more pass in any interval, and never refuses more than a sub-window too early`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let rates = someRates(&random)
        var table = LimitTable(rates: rates, capacity: 64)
        var oracle = LimitOracle(rates)
        let key = SenderKey(low: random.next(), high: random.next())
        var now = Self.start
        var refusals = 0
        for _ in 0..<600 {
            now += pause(&random, rates)
            let count = UInt32.random(in: 1...5, using: &random)
            switch table.take(count, for: key, at: Moment(milliseconds: now)) {
            case .taken:
                oracle.took(count, at: now)
                #expect(!oracle.isBroken(endingAt: now))
            case .over:
                refusals += 1
                #expect(oracle.isExcusedToRefuse(count, at: now))
            }
        }
        #expect(refusals > 0 && !oracle.takings.isEmpty)
    }

    @Test(arguments: UInt64(100)...140)
    func `stays exact where things are given back, late ones too`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let rates = someRates(&random)
        var table = LimitTable(rates: rates, capacity: 64)
        var oracle = LimitOracle(rates)
        let key = SenderKey(low: random.next(), high: random.next())
        var taken: [(moment: Int64, count: UInt32)] = []
        var now = Self.start
        for _ in 0..<600 {
            now += pause(&random, rates)
            if random.next() % 3 == 0, let last = taken.indices.randomElement(using: &random) {
                let (moment, count) = taken.remove(at: last)
                table.giveBack(
                    count, for: key, takenAt: Moment(milliseconds: moment), at: Moment(milliseconds: now))
                oracle.gaveBack(count, takenAt: moment)
            } else {
                let count = UInt32.random(in: 1...5, using: &random)
                switch table.take(count, for: key, at: Moment(milliseconds: now)) {
                case .taken:
                    oracle.took(count, at: now)
                    taken.append((now, count))
                    #expect(!oracle.isBroken(endingAt: now))
                case .over:
                    #expect(oracle.isExcusedToRefuse(count, at: now))
                }
            }
        }
    }

    @Test(arguments: UInt64(200)...230)
    func `tells a wait after which as much passes, and not a moment before`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rates = someRates(&random)
        var table = LimitTable(rates: rates, capacity: 64)
        let key = SenderKey(low: random.next(), high: random.next())
        var now = Self.start
        for _ in 0..<300 {
            now += pause(&random, rates)
            let count = UInt32.random(in: 1...5, using: &random)
            guard case .over(_, let wait) = table.take(count, for: key, at: Moment(milliseconds: now)) else { continue }
            guard let wait else {
                #expect(rates.contains { $0.limit < count })
                continue
            }
            var early = table
            let due = Moment(milliseconds: now) + wait
            #expect(early.take(count, for: key, at: due - .milliseconds(1)) != .taken)
            var onTime = table
            #expect(onTime.take(count, for: key, at: due) == .taken)
        }
    }

    @Test(arguments: UInt64(300)...330)
    func `is the same after a restart as without`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let rates = someRates(&random)
        var table = LimitTable(rates: rates, capacity: 64)
        let key = SenderKey(low: random.next(), high: random.next())
        var now = Self.start
        for _ in 0..<300 {
            now += pause(&random, rates)
            let moment = Moment(milliseconds: now)
            if random.next() % 8 == 0 {
                var restarted = LimitTable(rates: rates, capacity: 64)
                for record in table.allRecords() {
                    guard let stored = LimitRecord(key: record.key, bytes: record.bytes) else {
                        Issue.record("a record is not read as it was written")
                        continue
                    }
                    #expect(stored == record)
                    restarted.restore(stored, at: moment)
                }
                // Of a sender whose counts have all left their windows nothing is restored.
                let before = table.usage(of: key, at: moment).filter { $0.used > 0 }
                #expect(restarted.usage(of: key, at: moment).filter { $0.used > 0 } == before)
                table = restarted
            }
            _ = table.take(UInt32.random(in: 1...5, using: &random), for: key, at: moment)
        }
    }

    @Test(arguments: UInt64(400)...430)
    func `frees nobody and locks nobody when the clock is set back`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let rates = someRates(&random)
        var table = LimitTable(rates: rates, capacity: 64)
        var oracle = LimitOracle(rates)
        let key = SenderKey(low: random.next(), high: random.next())
        // The oracle lives in time that only goes forward; `offset` is what the clock is wrong by.
        var now = Self.start
        var offset: Int64 = 0
        for step in 0..<600 {
            // What passes between the last change and a step of the clock nobody can know.
            if step % 97 == 96 {
                offset -= Int64.random(in: 20_000...200_000_000, using: &random)
            } else {
                now += pause(&random, rates)
            }
            let count = UInt32.random(in: 1...5, using: &random)
            switch table.take(count, for: key, at: Moment(milliseconds: now + offset)) {
            case .taken:
                oracle.took(count, at: now)
                #expect(!oracle.isBroken(endingAt: now))
            case .over:
                #expect(oracle.isExcusedToRefuse(count, at: now, afterSteps: offset == 0 ? 0 : 2))
            }
        }
    }
}
