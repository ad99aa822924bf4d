// SPDX-License-Identifier: Apache-2.0

/// The reading of one address from text, which keeps whether it was written as IPv6.
struct AddressText {
    /// What the text says; an IPv4-mapped address is IPv4 here.
    let address: ClientAddress
    /// Whether IPv4 was written as `::ffff:192.0.2.1`: a prefix length beside it then counts from 128.
    let isMapped: Bool

    /// Reads the forms that `ClientAddress(parsing:)` tells of.
    init?(_ text: Substring) {
        if let address = Self.v4(text) {
            self.init(address: .v4(address), isMapped: false)
            return
        }
        var text = text
        // An address has at most 45 characters; what is longer by a zone and the decoration is not worth a scan.
        guard text.utf8.count <= 128 else { return nil }
        if text.hasPrefix("[") {
            guard text.hasSuffix("]") else { return nil }
            text = text.dropFirst().dropLast()
        }
        let isTagged = text.prefix(5).lowercased() == "ipv6:"
        if isTagged { text = text.dropFirst(5) }
        guard isTagged || text.utf8.contains(UInt8(ascii: ":")) else {
            guard let address = Self.v4(text) else { return nil }
            self.init(address: .v4(address), isMapped: false)
            return
        }
        guard let (high, low) = Self.v6(text) else { return nil }
        if high == 0, low >> 32 == 0xFFFF {
            self.init(address: .v4(UInt32(truncatingIfNeeded: low)), isMapped: true)
        } else {
            self.init(address: .v6(high, low), isMapped: false)
        }
    }

    private init(address: ClientAddress, isMapped: Bool) {
        self.address = address
        self.isMapped = isMapped
    }

    /// Four decimal numbers.
    ///
    /// A leading zero is refused: some read it as octal, and two readings of an address are a hole.
    private static func v4(_ text: Substring) -> UInt32? {
        // Byte by byte: nearly every message asks for one of these.
        var address: UInt32 = 0
        var dots = 0
        var digits = 0
        var number: UInt32 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard digits == 0 || number > 0 else { return nil }
                number = number * 10 + UInt32(byte - UInt8(ascii: "0"))
                digits += 1
                guard number <= 255 else { return nil }
            case UInt8(ascii: "."):
                guard digits > 0, dots < 3 else { return nil }
                address = address << 8 | number
                (number, digits, dots) = (0, 0, dots + 1)
            default: return nil
            }
        }
        guard digits > 0, dots == 3 else { return nil }
        return address << 8 | number
    }

    /// Up to eight groups, one `::`, perhaps IPv4 at the end (RFC 4291 §2.2), perhaps a zone.
    private static func v6(_ text: Substring) -> (high: UInt64, low: UInt64)? {
        var text = text
        if let percent = text.firstIndex(of: "%") {
            guard text.index(after: percent) != text.endIndex else { return nil }
            text = text[..<percent]
        }
        guard let gap = firstGap(in: text) else {
            guard let groups = groups(text), groups.count == 8 else { return nil }
            return halves(groups)
        }
        // IPv4 may stand at the very end only.
        guard !text[..<gap.lowerBound].contains("."),
            let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
            head.count + tail.count <= 7
        else { return nil }
        return halves(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    private static func firstGap(in text: Substring) -> Range<Substring.Index>? {
        var previous: Substring.Index?
        for index in text.indices {
            guard text[index] == ":" else {
                previous = nil
                continue
            }
            if let previous { return previous..<text.index(after: index) }
            previous = index
        }
        return nil
    }

    /// The 16-bit groups of a part without `::`, none for no text; `nil` if one is no number of four digits.
    private static func groups(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", maxSplits: 8, omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
                guard let address = v4(part) else { return nil }
                groups += [UInt16(address >> 16), UInt16(address & 0xFFFF)]
            } else {
                guard part.utf8.count <= 4, !part.hasPrefix("+"), !part.hasPrefix("-"),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups.count <= 8 ? groups : nil
    }

    private static func halves(_ groups: [UInt16]) -> (high: UInt64, low: UInt64) {
        let high = groups.prefix(4).reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
        let low = groups.suffix(4).reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
        return (high, low)
    }
}
