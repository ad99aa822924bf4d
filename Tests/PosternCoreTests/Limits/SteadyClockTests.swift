// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The steady clock` {
    private let noon = Moment(seconds: 1_800_000_000)

    private func reading(_ boot: String, _ sinceBoot: Int64, wall: Moment) -> SteadyClock.Reading {
        SteadyClock.Reading(boot: boot, sinceBoot: sinceBoot, wall: wall)
    }

    @Test func `starts at the wall's time and goes on by what the host has run`() {
        let clock = SteadyClock(reading("a", 5000, wall: noon))
        #expect(clock.moment(sinceBoot: 5000) == noon)
        #expect(clock.moment(sinceBoot: 6500) == noon + .milliseconds(1500))
        #expect(clock.moment(sinceBoot: 4000) == noon)
    }

    @Test(arguments: [Int64(-7200), 172_800]) func `is not moved by a step of the wall clock over a restart`(
        step: Int64
    ) {
        let before = SteadyClock(reading("a", 5000, wall: noon))
        let anchor = before.anchor(reading("a", 9000, wall: noon + .seconds(4)))
        let after = SteadyClock(continuing: anchor, reading("a", 19_000, wall: noon + .seconds(14 + step)))
        #expect(after.moment(sinceBoot: 20_000) == noon + .seconds(15))
    }

    @Test func `goes by the wall clock over a reboot, but never back`() {
        let anchor = SteadyClock(reading("a", 5000, wall: noon)).anchor(reading("a", 5000, wall: noon))
        let later = SteadyClock(continuing: anchor, reading("b", 100, wall: noon + .minutes(3)))
        #expect(later.moment(sinceBoot: 100) == noon + .minutes(3))
        let earlier = SteadyClock(continuing: anchor, reading("b", 100, wall: noon - .hours(2)))
        #expect(earlier.moment(sinceBoot: 100) == noon)
    }

    @Test(arguments: [Int64.min, -1, Int64.max]) func `survives an anchor that makes no sense`(number: Int64) {
        let anchor = SteadyClock.Anchor(
            reading: reading("a", number, wall: Moment(milliseconds: number)), moment: Moment(milliseconds: number))
        let clock = SteadyClock(continuing: anchor, reading("a", 5000, wall: noon))
        #expect(clock.moment(sinceBoot: .max) >= clock.moment(sinceBoot: 5000))
        #expect(clock.moment(sinceBoot: .min) == clock.moment(sinceBoot: 5000))
    }
}
