// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A message that a filter hands back` {
    private let mark = PassedBefore.Mark(from: [1], messageID: [2], date: [], to: [])
    private let start = Moment(seconds: 0)

    @Test func `is known once for as many recipients as it had, in any parts`() {
        var before = CountedBefore()
        before.came(mark, recipients: 100, at: start)
        var answers: [Bool] = []
        for recipients in [50, 51, 50, 1] as [UInt32] {
            answers.append(before.comesBack(mark, recipients: recipients, at: start))
        }
        #expect(answers == [true, false, true, false])
    }

    @Test func `is good for all its recipients where it was handed to the filter in parts`() {
        var before = CountedBefore()
        before.came(mark, recipients: 50, at: start)
        before.came(mark, recipients: 50, at: start)
        let isKnown = before.comesBack(mark, recipients: 100, at: start)
        #expect(isKnown)
    }

    @Test func `is not known if none of its recipients counted`() {
        var before = CountedBefore()
        before.came(mark, recipients: 0, at: start)
        let isKnown = before.comesBack(mark, recipients: 1, at: start)
        #expect(!isKnown)
    }

    @Test func `is known for six hours`() {
        for (hours, isKnown) in [(Duration.hours(6), true), (.hours(6) + .milliseconds(1), false)] {
            var before = CountedBefore()
            before.came(mark, recipients: 1, at: start)
            let found = before.comesBack(mark, recipients: 1, at: start + hours)
            #expect(found == isKnown)
        }
    }

    @Test func `is forgotten when as many others came as are remembered`() {
        var before = CountedBefore(capacity: 2)
        for number in 0..<3 as Range<UInt8> {
            before.came(.init(from: [number], messageID: [1], date: [], to: []), recipients: 1, at: start)
        }
        let first = before.comesBack(.init(from: [0], messageID: [1], date: [], to: []), recipients: 1, at: start)
        let last = before.comesBack(.init(from: [2], messageID: [1], date: [], to: []), recipients: 1, at: start)
        #expect(!first)
        #expect(last)
    }
}
