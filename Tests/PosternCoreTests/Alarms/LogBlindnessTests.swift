// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `Blindness of the log` {
    private let start = Moment(seconds: 1_000_000)

    @Test func `is told two minutes after the first message of which no line came`() {
        var sight = LogBlindness()
        sight.messagePassed(at: start)
        sight.messagePassed(at: start + .minutes(1))
        #expect(sight.clockReached(start + .minutes(2) - .milliseconds(1)) == nil)
        #expect(sight.clockReached(start + .minutes(2)) == .blind(since: start))
        #expect(sight.blindSince == start)
    }

    @Test func `is told once`() {
        var sight = LogBlindness()
        sight.messagePassed(at: start)
        #expect(sight.clockReached(start + .minutes(2)) != nil)
        #expect(sight.clockReached(start + .minutes(3)) == nil)
    }

    @Test func `ends with the next line`() {
        var sight = LogBlindness()
        sight.messagePassed(at: start)
        _ = sight.clockReached(start + .minutes(2))
        #expect(sight.lineRead() == .seeing(after: start))
        #expect(sight.lineRead() == nil)
        #expect(sight.blindSince == nil)
    }

    @Test func `is none while no mail passes`() {
        var sight = LogBlindness()
        #expect(sight.clockReached(start + .hours(100)) == nil)
    }

    @Test func `is none while lines come`() {
        var sight = LogBlindness()
        sight.messagePassed(at: start)
        #expect(sight.lineRead() == nil)
        #expect(sight.clockReached(start + .hours(1)) == nil)
    }

    @Test func `is told in time though the clock was put back`() {
        var sight = LogBlindness()
        sight.messagePassed(at: start)
        sight.messagePassed(at: start - .hours(1))
        #expect(sight.clockReached(start - .minutes(58)) == .blind(since: start - .hours(1)))
    }
}
