// SPDX-License-Identifier: Apache-2.0

/// The date and time at the start of a line, as written: in local time, and often without a year.
struct LogStamp: Hashable {
    /// The year, where the format has one.
    var year: Int?
    /// 1…12.
    var month: Int
    /// 1…31; not yet held against the month.
    var day: Int
    /// Seconds since midnight, 0…86400 (a leap second counts as the next second).
    var secondOfDay: Int
    /// 0…999; further digits of a fraction are cut off.
    var millisecond: Int = 0
    /// Seconds east of UTC, where the format tells.
    var offset: Int?

    /// Reads a stamp at `index` and the blank behind it.
    ///
    /// `Nov 24 02:46:54` (RFC 3164 §4.1.2), `2021-05-16T00:01:42.278515+02:00` (RFC 3339; journalctl(1) leaves out the
    /// colon of the offset), and `2013 Jun 10 06:27:30.123`, a template in use with rsyslog.
    /// - Returns: `nil` and unmoved if none of these stands there.
    static func read(in line: Span<UInt8>, at index: inout Int) -> LogStamp? {
        var end = index
        let stamp: LogStamp?
        if let first = line.byte(at: end), Span<UInt8>.digit(first) != nil {
            guard let year = line.number(ofDigits: 4, at: &end), year >= 1970 else { return nil }
            if line.skip("-", at: &end) {
                stamp = internet(year: year, in: line, at: &end)
            } else if line.skip(" ", at: &end) {
                stamp = traditional(in: line, at: &end).map { stamp in
                    var stamp = stamp
                    stamp.year = year
                    return stamp
                }
            } else {
                stamp = nil
            }
        } else {
            stamp = traditional(in: line, at: &end)
        }
        guard let stamp, line.skip(" ", at: &end) else { return nil }
        index = end
        return stamp
    }

    /// `Nov 24 02:46:54`, the day filled up with a blank, a fraction allowed.
    private static func traditional(in line: Span<UInt8>, at index: inout Int) -> LogStamp? {
        guard let month = month(in: line, at: index) else { return nil }
        index += 3
        while line.skip(" ", at: &index) {}
        guard let day = line.number(at: &index), 1...31 ~= day, line.skip(" ", at: &index),
            let second = timeOfDay(in: line, at: &index)
        else { return nil }
        var stamp = LogStamp(month: month, day: day, secondOfDay: second)
        if line.skip(".", at: &index) { stamp.millisecond = line.milliseconds(ofFractionAt: &index) }
        return stamp
    }

    /// `05-16T00:01:42.278515+02:00`, after the year and its hyphen.
    private static func internet(year: Int, in line: Span<UInt8>, at index: inout Int) -> LogStamp? {
        guard let month = line.number(ofDigits: 2, at: &index), 1...12 ~= month, line.skip("-", at: &index),
            let day = line.number(ofDigits: 2, at: &index), 1...31 ~= day, line.skip("T", at: &index),
            let second = timeOfDay(in: line, at: &index)
        else { return nil }
        var stamp = LogStamp(year: year, month: month, day: day, secondOfDay: second)
        if line.skip(".", at: &index) { stamp.millisecond = line.milliseconds(ofFractionAt: &index) }
        guard let sign = line.byte(at: index) else { return nil }
        index += 1
        switch sign {
        case UInt8(ascii: "Z"):
            stamp.offset = 0
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard let hours = line.number(ofDigits: 2, at: &index), hours < 24 else { return nil }
            _ = line.skip(":", at: &index)
            guard let minutes = line.number(ofDigits: 2, at: &index), minutes < 60 else { return nil }
            stamp.offset = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -60 : 60)
        default:
            return nil
        }
        return stamp
    }

    /// `02:46:54`, as seconds since midnight.
    private static func timeOfDay(in line: Span<UInt8>, at index: inout Int) -> Int? {
        guard let hour = line.number(ofDigits: 2, at: &index), hour < 24, line.skip(":", at: &index),
            let minute = line.number(ofDigits: 2, at: &index), minute < 60, line.skip(":", at: &index),
            let second = line.number(ofDigits: 2, at: &index), second <= 60
        else { return nil }
        return (hour * 60 + minute) * 60 + second
    }

    /// The month whose English abbreviation stands at `index`, 1…12.
    private static func month(in line: Span<UInt8>, at index: Int) -> Int? {
        guard index >= 0, index <= line.count - 3 else { return nil }
        let name = Int(line[index]) << 16 | Int(line[index + 1]) << 8 | Int(line[index + 2])
        return switch name {
        case 0x4A_616E: 1
        case 0x46_6562: 2
        case 0x4D_6172: 3
        case 0x41_7072: 4
        case 0x4D_6179: 5
        case 0x4A_756E: 6
        case 0x4A_756C: 7
        case 0x41_7567: 8
        case 0x53_6570: 9
        case 0x4F_6374: 10
        case 0x4E_6F76: 11
        case 0x44_6563: 12
        default: nil
        }
    }
}
