// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The alarm about unknown refusals` {
    private let start = Moment(seconds: 3600 * 1000)
    private let provider = Provider("gmail")

    private func refuse(_ count: Int, _ alarm: inout UnclassifiedAlarm, at moment: Moment) -> [UnclassifiedAlarm
        .Finding]
    {
        (0..<count).compactMap { alarm.unclassified(provider, reply: "550 number \($0)", at: moment) }
    }

    @Test func `goes off at the tenth`() {
        var alarm = UnclassifiedAlarm()
        #expect(refuse(9, &alarm, at: start) == [])
        let finding = alarm.unclassified(provider, reply: "550 the last", at: start)
        #expect(finding?.unclassified == 10)
        #expect(finding?.replies == 10)
        #expect(finding?.sample == "550 the last")
    }

    @Test(arguments: [(40, false), (39, true)])
    func `wants more than a fifth of all replies`(understood: Int, goesOff: Bool) {
        var alarm = UnclassifiedAlarm()
        for _ in 0..<understood { alarm.understood(provider, at: start) }
        #expect(refuse(10, &alarm, at: start).isEmpty != goesOff)
    }

    @Test func `forgets what is older than an hour`() {
        var alarm = UnclassifiedAlarm()
        #expect(refuse(9, &alarm, at: start) == [])
        #expect(refuse(1, &alarm, at: start + .hours(1)) == [])
    }

    @Test func `counts a late line where it belongs`() {
        var alarm = UnclassifiedAlarm()
        #expect(refuse(5, &alarm, at: start + .minutes(30)) == [])
        #expect(refuse(5, &alarm, at: start + .minutes(10)).count == 1)
    }

    @Test func `leaves out a line from before all that it counts`() {
        var alarm = UnclassifiedAlarm()
        #expect(refuse(9, &alarm, at: start) == [])
        #expect(refuse(9, &alarm, at: start - .hours(1)) == [])
    }

    @Test func `tells of a provider once an hour`() {
        var alarm = UnclassifiedAlarm()
        #expect(refuse(50, &alarm, at: start).count == 1)
        #expect(refuse(50, &alarm, at: start + .minutes(59)).isEmpty)
        #expect(refuse(50, &alarm, at: start + .minutes(60)).count == 1)
    }

    @Test func `keeps providers apart`() {
        var alarm = UnclassifiedAlarm()
        #expect(refuse(9, &alarm, at: start) == [])
        #expect(alarm.unclassified(Provider("yahoo"), reply: "", at: start) == nil)
    }

    @Test(arguments: [Int64.min, 0, Int64.max]) func `survives every moment`(milliseconds: Int64) {
        var alarm = UnclassifiedAlarm()
        alarm.understood(provider, at: start)
        alarm.understood(provider, at: Moment(milliseconds: milliseconds))
        #expect(alarm.unclassified(provider, reply: "", at: start) == nil)
    }
}
