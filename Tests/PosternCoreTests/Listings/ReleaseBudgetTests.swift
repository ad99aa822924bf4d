// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `A release budget` {
    @Test func `lets out so many in a window, and one more when the first has left it`() throws {
        var budget = ReleaseBudget(limit: 2, window: .minutes(1))
        #expect(budget.take(try .test(1), at: .at(0)))
        #expect(budget.take(try .test(2), at: .at(0.5)))
        budget.ended(try .test(1), at: .at(0.5))
        budget.ended(try .test(2), at: .at(0.5))
        #expect(budget.nextRelease(after: .at(0.6)) == .at(1))
        #expect(!budget.take(try .test(3), at: .at(1) - .milliseconds(1)))
        #expect(budget.take(try .test(3), at: .at(1)))
    }

    @Test func `lets out no more while so many are under way`() throws {
        var budget = ReleaseBudget(limit: 1, window: .minutes(1))
        #expect(budget.take(try .test(1), at: .at(0)))
        #expect(!budget.take(try .test(2), at: .at(5)))
        #expect(budget.nextRelease(after: .at(5)) == .at(15))
        #expect(budget.take(try .test(2), at: .at(15)))
    }

    @Test func `does not take an older line about a message for what became of it`() throws {
        var budget = ReleaseBudget(limit: 1, window: .milliseconds(1))
        #expect(budget.take(try .test(1), at: .at(0)))
        #expect(!budget.ended(try .test(1), at: .at(0) - .milliseconds(1000)))
        #expect(budget.isUnderWay(try .test(1)))
        #expect(budget.ended(try .test(1), at: .at(0) - .milliseconds(999)))
        #expect(!budget.ended(try .test(1), at: .at(1)))
    }

    @Test func `lets nothing out at no limit, and what a lower limit leaves`() throws {
        var budget = ReleaseBudget(limit: 0)
        #expect(!budget.take(try .test(1), at: .at(0)))
        #expect(budget.nextRelease(after: .at(0)) == nil)
        budget.changeLimit(to: 4)
        #expect(budget.take(try .test(1), at: .at(0)))
        #expect(budget.take(try .test(2), at: .at(0)))
        budget.changeLimit(to: 2)
        #expect(budget.available(at: .at(0)) == 0)
    }

    @Test(arguments: UInt64(1)...40)
    func `never lets out more than the limit in any interval, and never refuses without need`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let limit = Int.random(in: 1...12, using: &random)
        let window = Int64.random(in: 1000...120_000, using: &random)
        var budget = ReleaseBudget(limit: limit, window: .milliseconds(window))
        var now: Int64 = 1_800_000_000_000
        var taken: [Int64] = []
        var underWay: [QueueID: Int64] = [:]
        var (refused, grown) = (0, 0)
        for number in 0..<800 {
            now += Int64.random(in: 0...(random.next() % 20 == 0 ? window : 2 * window / Int64(limit)), using: &random)
            let moment = Moment(milliseconds: now)
            if random.next() % 2 == 0, let id = underWay.keys.sorted(by: { $0.description < $1.description }).first {
                #expect(budget.ended(id, at: moment) == (now - (underWay[id] ?? 0) < 900_000) || !budget.isUnderWay(id))
                underWay.removeValue(forKey: id)
            }
            underWay = underWay.filter { now - $0.value < 900_000 }
            let id = try QueueID.test(number)
            let inWindow = taken.filter { now - $0 < window }.count
            let due = budget.nextRelease(after: moment)
            let isFree = budget.take(id, at: moment)
            #expect(isFree == (inWindow < limit && underWay.count < limit))
            #expect((due == moment) == isFree)
            guard isFree else {
                refused += 1
                continue
            }
            taken.append(now)
            underWay[id] = now
            grown = max(grown, underWay.count)
            #expect(taken.filter { now - $0 < window }.count <= limit)
        }
        #expect(taken.count > 20 && refused > 0 && grown <= limit)
    }
}
