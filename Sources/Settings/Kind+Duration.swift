// SPDX-License-Identifier: Apache-2.0

extension Kind where Value == Duration {
    /// A span of time as people write it: `"250ms"`, `"90s"`, `"10m"`, `"2h"`, `"5d"`, within bounds.
    public static func duration(in range: ClosedRange<Duration>) -> Kind {
        let bounds = "\(text(of: range.lowerBound)) to \(text(of: range.upperBound))"
        return .parsed("a duration such as \"90s\", \"10m\" or \"2h\", from \(bounds)") { text in
            guard let duration = Duration(written: text) else {
                return .refused("\(quoted(text)) is not a duration; write a number and ms, s, m, h or d")
            }
            return range.contains(duration)
                ? .value(duration) : .refused("\(quoted(text)) is not within \(bounds)")
        } print: {
            text(of: $0)
        }
    }

    private static func text(of duration: Duration) -> String { duration.written }
}

extension Duration {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads a whole number directly followed by `ms`, `s`, `m`, `h` or `d`.
    public init?(written text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard let number = Int64(digits), let unit = Self.units.first(where: { $0.name == suffix }) else { return nil }
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow else { return nil }
        self = .milliseconds(milliseconds)
    }

    /// The shortest exact form that `init(written:)` reads; whole milliseconds.
    public var written: String {
        let milliseconds = Int64(components.seconds) * 1000 + components.attoseconds / 1_000_000_000_000_000
        let unit = Self.units.first { milliseconds != 0 && milliseconds % $0.milliseconds == 0 } ?? ("s", 1000)
        return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
}
