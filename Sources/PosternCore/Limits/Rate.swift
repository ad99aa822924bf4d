// SPDX-License-Identifier: Apache-2.0

/// At most so many in any interval of so long: `150/10m`.
public struct Rate: Hashable, Sendable {
    /// How many are let through within the window; at least 1.
    public let limit: UInt32
    /// The length of the window in milliseconds, one second to 31 days.
    public let windowMilliseconds: Int64

    /// The length of the window.
    public var window: Duration { .milliseconds(windowMilliseconds) }

    /// The windows that a rate may have, in milliseconds: one second to 31 days.
    public static let windows: ClosedRange<Int64> = 1000...31 * 86_400_000

    /// A rate of two numbers; what lies outside the ranges is brought to their ends.
    public init(limit: UInt32, window: Duration) {
        self.limit = max(limit, 1)
        windowMilliseconds = min(max(window.wholeMilliseconds, Self.windows.lowerBound), Self.windows.upperBound)
    }

    /// Reads a rate as people write it: `150/10m`, `1000/1d`, `30/min`, `20 per hour`.
    ///
    /// Units are s, m, h, d and w, or their English names. Without a number before the unit, 1 is meant.
    public init(parsing text: String) throws(RateError) {
        let words = text.lowercased()
        let parts: [Substring]
        if let slash = words.firstIndex(of: "/") {
            parts = [words[..<slash], words[words.index(after: slash)...]]
        } else {
            let sides = words.split(separator: " ", omittingEmptySubsequences: true)
            guard let per = sides.firstIndex(of: "per"), per > 0 else { throw .form(text) }
            parts = [sides[..<per].joined(separator: " ")[...], sides[(per + 1)...].joined(separator: " ")[...]]
        }
        let count = parts[0].filter { $0 != " " }
        let span = parts[1].filter { $0 != " " }
        guard !count.isEmpty, count.utf8.allSatisfy(\.isDigit) else { throw .form(text) }
        guard let limit = UInt32(count), limit > 0 else { throw .count(count) }
        let digits = span.prefix { $0.isASCII && $0.isWholeNumber }
        let name = span.dropFirst(digits.count)
        guard let unit = Self.units.first(where: { $0.names.contains(String(name)) }) else {
            throw .unit(String(name), in: text)
        }
        guard let number = digits.isEmpty ? 1 : Int64(digits) else { throw .window(text) }
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow, Self.windows.contains(milliseconds) else { throw .window(text) }
        self.limit = limit
        windowMilliseconds = milliseconds
    }

    private static let units: [(names: Set<String>, milliseconds: Int64)] = [
        (["s", "sec", "secs", "second", "seconds"], 1000),
        (["m", "min", "mins", "minute", "minutes"], 60_000),
        (["h", "hr", "hour", "hours"], 3_600_000),
        (["d", "day", "days"], 86_400_000),
        (["w", "week", "weeks"], 604_800_000),
    ]
}

extension Rate: CustomStringConvertible {
    /// The rate in its shortest form, such as `150/10m`.
    public var description: String {
        for (name, unit) in [("d", Int64(86_400_000)), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
        where windowMilliseconds % unit == 0 {
            return "\(limit)/\(windowMilliseconds / unit)\(name)"
        }
        return "\(limit)/\(windowMilliseconds)ms"
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
