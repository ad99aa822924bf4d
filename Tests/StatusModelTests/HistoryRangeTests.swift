// SPDX-License-Identifier: Apache-2.0
import PosternCore
import StatusModel
import Testing

@Suite struct `A stretch of time` {
    @Test(arguments: HistoryRange.allCases) func `has now in its last step`(range: HistoryRange) {
        for now in [Moment(seconds: 1_764_000_000), Moment(seconds: 1_764_028_799), Moment(milliseconds: -1)] {
            let start = range.start(before: now)
            let last = start + .milliseconds(range.step.wholeMilliseconds * Int64(range.steps - 1))
            #expect(last <= now)
            #expect(now < last + range.step)
        }
    }

    @Test func `has as many steps as a chart has room for`() {
        #expect(HistoryRange.allCases.map(\.steps) == [60, 96, 84, 90])
    }
}
