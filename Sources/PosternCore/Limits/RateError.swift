// SPDX-License-Identifier: Apache-2.0

/// Why a text is no rate.
public enum RateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is not a number, a slash and a time.
    case form(String)
    /// The number is 0, or too large to count.
    case count(String)
    /// The time has no unit, or one that is not known.
    case unit(String, in: String)
    /// The time is shorter or longer than a window may be.
    case window(String)

    /// The reason, for the person who wrote the text.
    public var description: String {
        switch self {
        case .form(let text): "\"\(text)\" is not a rate: write a number, a slash and a time, as in \"150/10m\""
        case .count(let text): "a rate lets through at least 1 and at most \(UInt32.max), not \(text)"
        case .unit("", let text): "\"\(text)\" names no unit of time: write s, m, h, d or w, as in \"150/10m\""
        case .unit(let name, _): "\"\(name)\" is not a unit of time: write s, m, h, d or w, as in \"150/10m\""
        case .window(let text): "\"\(text)\": the time of a rate is from 1 second to 31 days"
        }
    }
}
