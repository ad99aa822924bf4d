// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import PostfixWire

@Suite struct `A time stamp` {
    private func moment(_ stamp: String, _ calendar: LogCalendar = .year2026) -> Moment? {
        var parser = LogLineParser(calendar: calendar)
        let bytes = Array("\(stamp) mail postfix/qmgr[1]: AB5E3F8887C: removed".utf8)
        guard case .record(let record) = parser.parse(bytes.span) else { return nil }
        return record.time
    }

    @Test(
        arguments: [
            ("2026-11-24T02:46:54Z", 1_795_488_414_000), ("2026-11-24T02:46:54.278515Z", 1_795_488_414_278),
            ("2026-11-24T02:46:54.2+00:00", 1_795_488_414_200), ("2026-11-24T04:46:54.278515+02:00", 1_795_488_414_278),
            ("2026-11-23T21:16:54-0530", 1_795_488_414_000), ("1970-01-01T00:00:00Z", 0),
            ("2013 Jun 10 09:32:57.123", 1_370_856_777_123), ("Nov 24 02:46:54", 1_795_488_414_000),
            ("Nov  4 02:46:54", 1_793_760_414_000), ("Nov 4 02:46:54", 1_793_760_414_000),
            ("Nov 24 02:46:54.5", 1_795_488_414_500), ("2026-12-31T23:59:60Z", 1_798_761_600_000),
        ] as [(String, Int64)])
    func `is read in each format`(stamp: String, milliseconds: Int64) {
        #expect(moment(stamp) == Moment(milliseconds: milliseconds))
    }

    @Test(arguments: ["2026-02-29T00:00:00Z", "Feb 30 00:00:00", "Apr 31 00:00:00", "2026-02-30T00:00:00+01:00"])
    func `of a day that does not exist makes the line malformed`(stamp: String) {
        #expect(fate(of: "\(stamp) mail postfix/qmgr[1]: AB5E3F8887C: removed") == "malformed")
    }

    @Test(arguments: [
        "Nov 32 00:00:00", "Nov 0 00:00:00", "Foo 24 00:00:00", "Nov 24 24:00:00", "Nov 24 00:60:00", "Nov 24 00:00:61",
        "Nov 24 0:00:00", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-11-24 02:46:54Z", "2026-11-24T02:46:54",
        "2026-11-24T02:46:54+24:00", "0026-11-24T02:46:54Z", "20261-11-24T02:46:54Z", "Nov 24", "Nov",
    ])
    func `of no known format makes the line foreign`(stamp: String) {
        #expect(fate(of: "\(stamp) mail postfix/qmgr[1]: AB5E3F8887C: removed") == "foreign")
    }

    @Test func `has the year of reading, or the one before if that were too late`() {
        // 2027-01-01T00:00:05Z
        let calendar = LogCalendar(years: .before(Moment(seconds: 1_798_761_605)), zone: .utc)
        #expect(moment("Dec 31 23:59:59", calendar) == Moment(seconds: 1_798_761_599))
        #expect(moment("Jan  1 00:00:00", calendar) == Moment(seconds: 1_798_761_600))
        #expect(moment("Jan  3 23:59:59", calendar) == Moment(seconds: 1_799_020_799))
        #expect(moment("Jan  4 00:00:00", calendar) == Moment(seconds: 1_767_484_800))
    }

    @Test func `of 1 January is next year's when it is read on 31 December`() {
        let calendar = LogCalendar(years: .before(Moment(seconds: 1_798_761_599)), zone: .utc)
        #expect(moment("Jan  1 00:00:00", calendar) == Moment(seconds: 1_798_761_600))
    }

    @Test func `of 29 February lies in the last leap year`() {
        let calendar = LogCalendar(years: .before(Moment(seconds: 1_795_488_414)), zone: .utc)
        #expect(moment("Feb 29 12:00:00", calendar) == Moment(seconds: 1_709_208_000))
    }

    @Test func `counts the years from the first, over each New Year`() {
        var calendar = LogCalendar(years: .from(2019), zone: .utc)
        func year(_ month: Int, _ day: Int) -> Int? {
            calendar.moment(of: LogStamp(month: month, day: day, secondOfDay: 0)).map {
                CivilDay.year(of: Int($0.seconds / 86_400))
            }
        }
        #expect(year(11, 30) == 2019)
        #expect(year(12, 31) == 2019)
        #expect(year(1, 1) == 2020)
        #expect(year(12, 31) == 2019)
        #expect(year(1, 1) == 2020)
        #expect(year(2, 29) == 2020)
        #expect(year(7, 1) == 2020)
        #expect(year(12, 1) == 2020)
        #expect(year(1, 2) == 2021)
    }

    @Test(arguments: [Int.min, 0, 9999, Int.max]) func `of a year beyond all calendars does not trap`(year: Int) {
        var calendar = LogCalendar(years: .from(year), zone: .utc)
        for month in [12, 1, 12, 1] { _ = calendar.moment(of: LogStamp(month: month, day: 1, secondOfDay: 0)) }
        for limit in [Int64.min + 999, .max] {
            calendar.years = .before(Moment(milliseconds: limit))
            _ = calendar.moment(of: LogStamp(month: 1, day: 1, secondOfDay: 0))
        }
        #expect(CivilDay.number(year: year, month: 2, day: 30) == nil)
    }

    @Test func `is this host's local time unless told otherwise`() throws {
        let offset = LogZone.system.offset(1_795_488_414)
        #expect((-12 * 3600...14 * 3600).contains(offset))
        var calendar = LogCalendar(years: .from(2026))
        let found = calendar.moment(of: LogStamp(month: 11, day: 24, secondOfDay: 10_014))
        let moment = try #require(found)
        #expect(moment.seconds + Int64(LogZone.system.offset(moment.seconds)) == 1_795_488_414)
    }

    /// Clocks go back at 2026-10-25T01:00:00Z from +02:00 to +01:00, and forward at 2026-03-29T01:00:00Z.
    private static let berlin = LogZone { seconds in (1_774_746_000..<1_792_890_000).contains(seconds) ? 7200 : 3600 }

    @Test func `in the hour that occurs twice goes on where the line before was`() {
        var calendar = LogCalendar(years: .from(2026), zone: Self.berlin)
        func time(_ hour: Int, _ minute: Int) -> Int64? {
            calendar.moment(of: LogStamp(month: 10, day: 25, secondOfDay: (hour * 60 + minute) * 60))?.seconds
        }
        #expect(time(1, 59) == 1_792_886_340)
        #expect(time(2, 0) == 1_792_886_400)
        #expect(time(2, 59) == 1_792_889_940)
        #expect(time(2, 0) == 1_792_890_000)
        #expect(time(2, 11) == 1_792_890_660)
        #expect(time(2, 59) == 1_792_893_540)
        #expect(time(3, 0) == 1_792_893_600)
    }

    @Test func `in the hour that clocks jump over is read by the rule before`() {
        var calendar = LogCalendar(years: .from(2026), zone: Self.berlin)
        let jumped = calendar.moment(of: LogStamp(month: 3, day: 29, secondOfDay: 9000))
        #expect(jumped == Moment(seconds: 1_774_747_800))
        let after = calendar.moment(of: LogStamp(month: 3, day: 29, secondOfDay: 10_800))
        #expect(after == Moment(seconds: 1_774_746_000))
    }

    @Test func `keeps every day of four centuries apart`() {
        var expected = CivilDay.number(year: 1899, month: 12, day: 31)
        for year in 1900...2300 {
            for month in 1...12 {
                for day in 1...31 {
                    guard let number = CivilDay.number(year: year, month: month, day: day) else { continue }
                    guard number == (expected ?? 0) + 1, CivilDay.year(of: number) == year else {
                        Issue.record("\(year)-\(month)-\(day)")
                        return
                    }
                    expected = number
                }
            }
        }
        #expect(CivilDay.number(year: 1970, month: 1, day: 1) == 0)
        #expect(CivilDay.number(year: 2300, month: 12, day: 31) == expected)
    }
}
