// SPDX-License-Identifier: Apache-2.0

/// How points of time are written for people: by the host's own time, with its distance from UTC.
public struct LocalClock: Hashable, Sendable {
    /// Seconds by which the host's own time is before UTC; -86,399 to 86,399.
    public let offset: Int

    /// A clock so many seconds before UTC; what is out of range is taken as the nearest that is in range.
    public init(offset: Int) {
        self.offset = min(max(offset, -86_399), 86_399)
    }

    /// As a person reads it: `2026-11-24 03:12:09 +0100`.
    public func text(of moment: Moment) -> String {
        let (date, time) = parts(of: moment)
        return "\(date) \(time) \(zone(separator: ""))"
    }

    /// As a program reads it (RFC 3339): `2026-11-24T03:12:09+01:00`.
    public func machineText(of moment: Moment) -> String {
        let (date, time) = parts(of: moment)
        return "\(date)T\(time)\(zone(separator: ":"))"
    }

    /// As the Date field of a message has it (RFC 5322 §3.3): `Tue, 24 Nov 2026 03:12:09 +0100`.
    public func headerText(of moment: Moment) -> String {
        let (day, time) = dayAndTime(of: moment)
        let (year, month, number) = Self.civil(day)
        // The first day of 1970 was a Thursday.
        let weekday = Self.weekdays[Int(((day % 7) + 11) % 7)]
        return "\(weekday), \(number) \(Self.months[month - 1]) \(Self.padded(year, 4)) \(time) \(zone(separator: ""))"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    /// The years 1 to 9999, in seconds; other moments are taken as the nearest of these.
    private static let range: ClosedRange<Int64> = -62_135_510_400...253_402_214_400

    private func parts(of moment: Moment) -> (date: String, time: String) {
        let (day, time) = dayAndTime(of: moment)
        let (year, month, number) = Self.civil(day)
        return ("\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(number, 2))", time)
    }

    private func dayAndTime(of moment: Moment) -> (day: Int64, time: String) {
        let local = min(max(moment.seconds, Self.range.lowerBound), Self.range.upperBound) + Int64(offset)
        let second = Int(((local % 86_400) + 86_400) % 86_400)
        let time = [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }.joined(separator: ":")
        return ((local - Int64(second)) / 86_400, time)
    }

    private func zone(separator: String) -> String {
        let minutes = abs(offset) / 60
        return "\(offset < 0 ? "-" : "+")\(Self.padded(minutes / 60, 2))\(separator)\(Self.padded(minutes % 60, 2))"
    }

    /// The date of a day counted from 1970-01-01, by the Gregorian calendar; years begin in March here, so that the leap day
    /// is the last of its year.
    private static func civil(_ day: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(day) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
