// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

private let start = Moment(seconds: 1_800_000_000)

@Suite struct `The share of refused mail` {
    @Test func `trips at three in ten and twenty refusals, not one earlier`() {
        var wire = FailureShare()
        #expect(wire.add(delivered: 46, failed: 19, at: start) == nil)
        #expect(wire.add(delivered: 0, failed: 1, at: start) == .failureShare(failed: 20, outcomes: 66))
        var mixed = FailureShare()
        #expect(mixed.add(delivered: 100, failed: 42, at: start) == nil)
        #expect(mixed.add(delivered: 0, failed: 1, at: start) == .failureShare(failed: 43, outcomes: 143))
    }

    @Test func `is told once, and again only after it was halved`() {
        var wire = FailureShare()
        #expect(wire.add(delivered: 0, failed: 20, at: start) != nil)
        #expect(wire.add(delivered: 0, failed: 20, at: start) == nil)
        #expect(wire.add(delivered: 100, failed: 0, at: start) == nil)
        #expect(wire.add(delivered: 0, failed: 20, at: start) == nil)
        #expect(wire.add(delivered: 300, failed: 0, at: start) == nil)
        #expect(wire.add(delivered: 0, failed: 200, at: start) != nil)
    }

    @Test func `forgets after an hour`() {
        var wire = FailureShare()
        #expect(wire.add(delivered: 0, failed: 19, at: start) == nil)
        #expect(wire.add(delivered: 0, failed: 1, at: start + .minutes(65)) == nil)
    }

    @Test func `counts late news where it belongs, and leaves out what is too old`() {
        var wire = FailureShare()
        #expect(wire.add(delivered: 0, failed: 1, at: start) == nil)
        #expect(wire.add(delivered: 0, failed: 50, at: start - .hours(3)) == nil)
        #expect(wire.add(delivered: 0, failed: 18, at: start - .minutes(30)) == nil)
        #expect(wire.add(delivered: 0, failed: 1, at: start + .minutes(40)) == nil)
        #expect(wire.add(delivered: 0, failed: 18, at: start + .minutes(40)) != nil)
    }

    @Test func `survives numbers without measure`() {
        var wire = FailureShare(FailureShare.Settings(window: .zero, percent: .max, leastFailures: 0))
        for moment in [Int64.min, 0, .max] {
            _ = wire.add(delivered: .max, failed: .max, at: Moment(milliseconds: moment))
        }
        #expect(wire.add(delivered: .max, failed: 0, at: Moment(milliseconds: .max)) == nil)
    }
}

@Suite struct `One login from many networks` {
    private func address(_ network: UInt32, _ host: UInt32 = 1) -> ClientAddress { .v4(network << 8 | host) }

    @Test func `trips at the eighth within an hour, once`() {
        var wire = OriginSpread()
        for network in UInt32(1)...7 { #expect(wire.used(from: address(network), at: start) == nil) }
        #expect(wire.used(from: address(8), at: start + .minutes(60)) == .manyOrigins(networks: 8, within: .hours(1)))
        #expect(wire.used(from: address(9), at: start + .minutes(60)) == nil)
    }

    @Test func `is not tripped by hosts of one network, nor by a week of travelling`() {
        var wire = OriginSpread()
        for host in UInt32(0)..<256 { #expect(wire.used(from: address(1, host), at: start) == nil) }
        for low in UInt64(0)..<256 { #expect(wire.used(from: .v6(0x2001_0db8_0001_0000 | low, low), at: start) == nil) }
        for network in UInt32(2)..<100 {
            #expect(wire.used(from: address(network), at: start + .minutes(30 * Int(network))) == nil)
        }
    }

    @Test func `tells IPv6 networks by their first 48 bits, and apart from IPv4`() {
        var wire = OriginSpread(OriginSpread.Settings(networks: 3))
        #expect(wire.used(from: .v6(0, 0), at: start) == nil)
        #expect(wire.used(from: .v4(0), at: start) == nil)
        #expect(wire.used(from: .v6(1 << 16, 0), at: start) != nil)
    }

    @Test func `trips again after things were quiet`() {
        var wire = OriginSpread(OriginSpread.Settings(networks: 4))
        for network in UInt32(1)...4 { _ = wire.used(from: address(network), at: start) }
        #expect(wire.used(from: address(1), at: start + .hours(2)) == nil)
        let findings = (UInt32(10)...13).map { wire.used(from: address($0), at: start + .hours(2)) }
        #expect(findings.filter { $0 != nil }.count == 1)
    }

    @Test func `from more networks than are remembered still trips at most once`() {
        var wire = OriginSpread(OriginSpread.Settings(networks: 99))
        let findings = (UInt32(1)...1000).map { wire.used(from: address($0), at: start) }
        #expect(findings.compactMap { $0 } == [.manyOrigins(networks: 16, within: .hours(1))])
    }

    @Test func `survives moments without measure`() {
        var wire = OriginSpread(OriginSpread.Settings(window: .seconds(Int64.max), networks: -5))
        for (network, moment) in [(UInt32(1), Int64.max), (2, .min), (3, 0)] {
            _ = wire.used(from: address(network), at: Moment(milliseconds: moment))
        }
        #expect(wire.used(from: address(4), at: start) == nil)
    }
}

@Suite struct `A sender's own usual` {
    private func learnt(_ busiest: [UInt32]) -> Baseline {
        var baseline = Baseline()
        for (day, count) in busiest.enumerated() { _ = baseline.add(count, at: start + .hours(24 * day)) }
        return baseline
    }

    @Test func `is not known until seven days are over`() {
        var baseline = learnt([20, 20, 20, 20, 20, 20, 20])
        #expect(baseline.usual == nil)
        #expect(baseline.add(100_000, at: start + .hours(24 * 6)) == nil)
        #expect(baseline.add(1, at: start + .hours(24 * 7)) == nil)
        #expect(baseline.usual == 20)
    }

    @Test func `is broken by more than three times as much in an hour, told once an hour`() {
        var baseline = learnt([20, 20, 20, 20, 20, 20, 20, 0])
        let today = start + .hours(24 * 7)
        #expect(baseline.add(60, at: today) == nil)
        #expect(baseline.add(1, at: today) == .aboveBaseline(recipients: 61, usual: 20))
        #expect(baseline.add(500, at: today) == nil)
        #expect(baseline.add(61, at: today + .hours(1)) == .aboveBaseline(recipients: 61, usual: 20))
    }

    @Test func `is not raised by one bad day, but by two`() {
        #expect(learnt([20, 20, 900, 20, 20, 20, 20, 0]).usual == 20)
        #expect(learnt([20, 20, 900, 20, 20, 900, 20, 0]).usual == 900)
    }

    @Test func `counts days without mail as such, and forgets after fourteen`() {
        var baseline = learnt([500, 500])
        _ = baseline.add(0, at: start + .hours(24 * 14))
        #expect(baseline.usual == 500)
        _ = baseline.add(0, at: start + .hours(24 * 16))
        #expect(baseline.usual == 0)
    }

    @Test func `is not spoken of below fifty an hour`() {
        var baseline = learnt([0, 0, 0, 0, 0, 0, 0, 0])
        #expect(baseline.add(49, at: start + .hours(24 * 8)) == nil)
        #expect(baseline.add(1, at: start + .hours(24 * 8)) != nil)
    }

    @Test func `survives a clock that goes back, and moments without measure`() {
        var baseline = learnt([20, 20, 20, 20, 20, 20, 20, 0])
        #expect(baseline.add(30, at: start) == nil)
        #expect(baseline.add(31, at: Moment(milliseconds: .min)) == .aboveBaseline(recipients: 61, usual: 20))
        #expect(baseline.add(.max, at: Moment(milliseconds: .max)) != nil)
    }
}

@Suite struct `Recipients never written to before` {
    private let key = HashKey(low: 1, high: 2)

    private func write(_ wire: inout FirstTimeRecipients, _ range: Range<Int>, day: Int) -> [SenderFinding] {
        range.compactMap { wire.wrote(to: "user\($0)@example.org", at: start + .hours(24 * day)) }
    }

    @Test func `are told once a day when they are more than the limit, after a week`() {
        var wire = FirstTimeRecipients(limit: 50, key: key)
        #expect(write(&wire, 0..<300, day: 0).isEmpty)
        #expect(write(&wire, 300..<600, day: 7) == [.firstTimeRecipients(51)])
        #expect(write(&wire, 600..<640, day: 8).isEmpty)
    }

    @Test func `are not those of last week, in any letter case`() {
        var wire = FirstTimeRecipients(limit: 1, key: key)
        _ = write(&wire, 0..<900, day: 0)
        #expect(write(&wire, 0..<900, day: 8).isEmpty)
        #expect(wire.wrote(to: "USER1@Example.org", at: start + .hours(24 * 8)) == nil)
    }

    @Test func `are hardly ever taken for known`() {
        var wire = FirstTimeRecipients(limit: 940, key: key)
        _ = write(&wire, 0..<1900, day: 0)
        #expect(write(&wire, 10_000..<11_000, day: 8) == [.firstTimeRecipients(941)])
    }
}

@Suite struct `A table of senders that were active of late` {
    private func key(_ number: UInt64) -> SenderKey { SenderKey(low: number, high: 0) }

    @Test func `never holds more than its capacity`() {
        var table = RecentTable<Int>(capacity: 100)
        for number in UInt64(0)..<10_000 { table.update(key(number), initial: 0) { $0 += 1 } }
        #expect(table.count <= 100)
    }

    @Test func `keeps whoever is used and forgets who is not`() {
        var table = RecentTable<Int>(capacity: 100)
        table.update(key(1), initial: 0) { $0 += 1 }
        for number in UInt64(1000)..<2000 {
            table.update(key(number), initial: 0) { $0 += 1 }
            if number % 20 == 0 { table.update(key(0), initial: 0) { $0 += 1 } }
        }
        #expect(table.value(of: key(0)) == 50)
        #expect(table.value(of: key(1)) == nil)
    }
}
