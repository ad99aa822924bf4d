// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A moment as the status service writes it: RFC 3339 in UTC, with milliseconds where there are any.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// The moment.
    public var moment: Moment

    /// That moment.
    public init(_ moment: Moment) {
        self.moment = moment
    }

    /// Reads `2026-11-24T09:30:00Z` or `2026-11-24T09:30:00.125Z`; `nil` for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 24, bytes.last == UInt8(ascii: "Z") else { return nil }
        for (place, mark) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")] as [(Int, Unicode.Scalar)] {
            guard bytes[place] == UInt8(ascii: mark) else { return nil }
        }
        func number(_ range: Range<Int>, upTo most: Int64) -> Int64? {
            var number: Int64 = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                number = number * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return number <= most ? number : nil
        }
        guard let year = number(0..<4, upTo: 9999), let month = number(5..<7, upTo: 12),
            let day = number(8..<10, upTo: 31), let hour = number(11..<13, upTo: 23),
            let minute = number(14..<16, upTo: 59), let second = number(17..<19, upTo: 60), month > 0, day > 0
        else { return nil }
        var milliseconds: Int64 = 0
        if bytes.count == 24 {
            guard bytes[19] == UInt8(ascii: "."), let fraction = number(20..<23, upTo: 999) else { return nil }
            milliseconds = fraction
        }
        let days = CivilDate.days(year: year, month: month, day: day)
        moment = Moment(milliseconds: ((days * 86_400) + hour * 3600 + minute * 60 + second) * 1000 + milliseconds)
    }

    /// The earlier comes first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.moment < right.moment }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC; what lies outside the years 1 to 9999 is written as the nearest that does not.
    public var description: String {
        let seconds = min(max(moment.seconds, -62_135_596_800), 253_402_300_799)
        let (day, rest) = (seconds.dividedFloor(by: 86_400), seconds - seconds.dividedFloor(by: 86_400) * 86_400)
        let date = CivilDate(days: day)
        let milliseconds = (moment.milliseconds % 1000 + 1000) % 1000
        let time = [rest / 3600, rest / 60 % 60, rest % 60].map { Self.padded($0, 2) }.joined(separator: ":")
        let fraction = milliseconds == 0 ? "" : "." + Self.padded(milliseconds, 3)
        return
            "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T\(time)\(fraction)Z"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Timestamp: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let timestamp = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no RFC 3339 time in UTC: \(text)")
        }
        self = timestamp
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
