// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `Counters after a restart` {
    private let start = Moment(seconds: 1_800_000_000)
    private let rates = [Rate(limit: 10, window: .minutes(10))]
    private let key = SenderKey(low: 1, high: 2)

    private func record(taken: UInt32, at moment: Moment) throws -> LimitRecord {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(taken, for: key, at: moment)
        return try #require(table.takeChanges(1).first)
    }

    private func restored(_ record: LimitRecord, rates: [Rate], at moment: Moment) -> LimitTable {
        var table = LimitTable(rates: rates, capacity: 64)
        table.restore(record, at: moment)
        return table
    }

    @Test func `refill nobody`() throws {
        var table = restored(try record(taken: 10, at: start), rates: rates, at: start + .minutes(9))
        #expect(table.take(1, for: key, at: start + .minutes(9)) != .taken)
        #expect(table.take(1, for: key, at: start + .minutes(11)) == .taken)
    }

    @Test func `are left out when their window is over`() throws {
        #expect(restored(try record(taken: 10, at: start), rates: rates, at: start + .minutes(11)).count == 0)
    }

    @Test func `with a stamp in the future hold for a window, not until then`() throws {
        var table = restored(try record(taken: 10, at: start + .hours(9999) + .minutes(4)), rates: rates, at: start)
        #expect(table.take(1, for: key, at: start + .minutes(9)) != .taken)
        #expect(table.take(1, for: key, at: start + .minutes(11)) == .taken)
    }

    @Test func `are added to what came since`() throws {
        var table = LimitTable(rates: rates, capacity: 64)
        _ = table.take(3, for: key, at: start)
        table.restore(try record(taken: 4, at: start), at: start)
        #expect(table.usage(of: key, at: start).map(\.used) == [7])
    }

    @Test(arguments: [1, 5, 20, 1440])
    func `free nobody because the window was changed`(minutes: Int) throws {
        // Counted at the end of a sub-window of 150 seconds, whose beginning has left the shortest of the new windows.
        let late = start + .seconds(149)
        var before = LimitTable(rates: [Rate(limit: 10, window: .hours(1))], capacity: 64)
        _ = before.take(10, for: key, at: late)
        let changed = [Rate(limit: 10, window: .minutes(minutes))]
        var table = restored(try #require(before.allRecords().first), rates: changed, at: late + .seconds(1))
        #expect(table.take(1, for: key, at: late + .seconds(1)) != .taken)
    }

    @Test func `go on from the longest window where the new one is longer than all`() throws {
        let stored = [Rate(limit: 10, window: .minutes(1)), Rate(limit: 10, window: .minutes(10))]
        var before = LimitTable(rates: stored, capacity: 64)
        _ = before.take(5, for: key, at: start)
        let later = start + .minutes(5)
        _ = before.take(5, for: key, at: later)
        let record = try #require(before.allRecords().first)
        var table = restored(record, rates: [Rate(limit: 100, window: .hours(24))], at: later)
        #expect(table.usage(of: key, at: later).map(\.used) == [10])
    }

    @Test func `are not taken from a window that no rate can have`() {
        let counts = [0, -1, Int64.min, Int64.max, 1].map {
            LimitRecord.Counts(windowMilliseconds: $0, newestFirst: [9])
        }
        var table = restored(LimitRecord(key: key, stamp: start, counts: counts), rates: rates, at: start)
        #expect(table.usage(of: key, at: start).map(\.used) == [0])
    }

    @Test func `are not read from damaged bytes, and nothing breaks by them`() throws {
        let bytes = try record(taken: 7, at: start).bytes
        #expect(LimitRecord(key: key, bytes: [UInt8]()) == nil)
        #expect(LimitRecord(key: key, bytes: [9] + bytes.dropFirst()) == nil)
        for length in 1..<bytes.count where length != 1 + 6 {
            #expect(LimitRecord(key: key, bytes: bytes.prefix(length)) == nil)
        }
        var random = SplitMix64(seed: 5)
        for _ in 0..<3000 {
            var damaged = bytes
            for _ in 0..<3 {
                damaged[Int.random(in: 1..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let record = LimitRecord(key: key, bytes: damaged) else { continue }
            #expect(restored(record, rates: rates, at: start).count <= 1)
        }
    }
}
