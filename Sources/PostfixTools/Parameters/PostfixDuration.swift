// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// A span of time as main.cf has it (postconf(5)): a whole number and `s`, `m`, `h`, `d` or `w`.
enum PostfixDuration {
    /// The unit that a parameter's bare numbers have.
    enum Unit: Int64 {
        case seconds = 1
        case minutes = 60
        case hours = 3600
        case days = 86_400
        case weeks = 604_800

        init?(_ letter: Character) {
            switch letter {
            case "s", "S": self = .seconds
            case "m", "M": self = .minutes
            case "h", "H": self = .hours
            case "d", "D": self = .days
            case "w", "W": self = .weeks
            default: return nil
            }
        }
    }

    /// Reads a value; `nil` if it is none.
    ///
    /// What a number without a unit means differs from parameter to parameter.
    static func read(_ text: String, unit: Unit) -> Duration? {
        let digits = text.prefix { "0"..."9" ~= $0 }
        let suffix = text.dropFirst(digits.count)
        guard let number = Int64(digits), suffix.count <= 1 else { return nil }
        guard let unit = suffix.first.map({ Unit($0) }) ?? unit else { return nil }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: unit.rawValue)
        // A century is for ever.
        return .seconds(overflow ? 3_155_760_000 : min(seconds, 3_155_760_000))
    }
}
