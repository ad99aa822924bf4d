// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Fields that several daemons write alike.
extension Span<UInt8> {
    /// An address in angle brackets at `index`, stepped over: `<user@example.com>`, `<"odd one"@example.com>`, `<>`.
    ///
    /// Postfix logs addresses in their quoted form (`info_log_addr_form = quoted`, the default since 3.5), so a `>`, a
    /// blank or a comma outside a quoted string cannot belong to one.
    /// - Returns: what is between the brackets; `nil` and unmoved if it is no such address.
    func address(at index: inout Int) -> LineRange? {
        guard byte(at: index) == UInt8(ascii: "<") else { return nil }
        var end = index + 1
        var isQuoted = false
        while end < count {
            switch self[end] {
            case UInt8(ascii: "\\"):
                end += 1
            case UInt8(ascii: "\""):
                isQuoted.toggle()
            case UInt8(ascii: ">") where !isQuoted:
                defer { index = end + 1 }
                return LineRange(index + 1, end)
            case UInt8(ascii: " ") where !isQuoted, UInt8(ascii: ",") where !isQuoted,
                UInt8(ascii: "<") where !isQuoted:
                return nil
            default:
                break
            }
            end += 1
        }
        return nil
    }

    /// A host as Postfix names its peers, `name[address]` or `name[/path]`, at `index`, stepped over.
    ///
    /// Neither part can hold a blank: Postfix checks host names, and paths are the site's own.
    func peer(at index: inout Int) -> (name: LineRange, address: LineRange)? {
        var open = index
        while open < count, self[open] != UInt8(ascii: "[") {
            guard self[open] > UInt8(ascii: " "), self[open] != UInt8(ascii: ",") else { return nil }
            open += 1
        }
        var close = open + 1
        while close < count, self[close] != UInt8(ascii: "]") {
            guard self[close] > UInt8(ascii: " ") else { return nil }
            close += 1
        }
        guard close < count else { return nil }
        defer { index = close + 1 }
        return (LineRange(index, open), LineRange(open + 1, close))
    }

    /// A queue ID at `index`, stepped over; it must end at a byte that is no letter or digit, or at the end.
    func queueID(at index: inout Int) -> QueueID? {
        var end = index
        while end < count, end - index <= QueueID.maximumLength, Self.isAlphanumeric(self[end]) {
            end += 1
        }
        guard let id = QueueID(extracting(index..<end)) else { return nil }
        index = end
        return id
    }

    /// An enhanced status code at `index`, stepped over, such as `4.7.650`.
    func enhancedStatus(at index: inout Int) -> EnhancedStatusCode? {
        var end = index
        guard let severity = number(ofDigits: 1, at: &end), severity == 2 || severity == 4 || severity == 5,
            skip(".", at: &end), let subject = number(at: &end), subject < 1000,
            skip(".", at: &end), let detail = number(at: &end), detail < 1000
        else { return nil }
        if let next = byte(at: end), Self.isAlphanumeric(next) || next == UInt8(ascii: ".") { return nil }
        index = end
        return EnhancedStatusCode(UInt8(severity), UInt16(subject), UInt16(detail))
    }

    /// Seconds with an optional fraction at `index` (`172`, `4.2`, `0.03`), stepped over, as milliseconds.
    func milliseconds(at index: inout Int) -> Int64? {
        var end = index
        guard let seconds = number(at: &end), seconds < 1_000_000_000_000 else { return nil }
        var fraction = 0
        if byte(at: end) == UInt8(ascii: ".") {
            end += 1
            fraction = milliseconds(ofFractionAt: &end)
        }
        index = end
        return Int64(seconds * 1000 + fraction)
    }

    /// The digits of a decimal fraction at `index`, all stepped over, as milliseconds; further digits are cut off.
    func milliseconds(ofFractionAt index: inout Int) -> Int {
        var value = 0
        var weight = 100
        while let byte = byte(at: index), let digit = Self.digit(byte) {
            value += digit * weight
            weight /= 10
            index += 1
        }
        return value
    }

    /// Whether a byte is an ASCII letter or digit.
    @inline(__always)
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        digit(byte) != nil || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
}
