// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `Recipients never written to before` {
    private let start = Moment(seconds: 1_800_000_000)
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
