// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The share of refused mail` {
    private let start = Moment(seconds: 1_800_000_000)

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
