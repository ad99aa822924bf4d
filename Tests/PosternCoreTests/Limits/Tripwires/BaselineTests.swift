// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A sender's own usual` {
    private let start = Moment(seconds: 1_800_000_000)

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
