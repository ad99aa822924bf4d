// SPDX-License-Identifier: Apache-2.0

/// Walks over one JSON text (RFC 8259) from left to right, without a tree.
///
/// Each function reads what it is named for where the scanner stands; what is something else is an answer of `nil` or
/// `false`, and the scanner is of no more use for that text.
struct JSONScanner {
    private(set) var index = 0

    /// The bytes of a string between its quotation marks, and whether escapes are among them.
    struct StringBytes {
        let range: Range<Int>
        let hasEscapes: Bool
    }

    /// Whether nothing but blanks follows.
    mutating func isAtEnd(of bytes: Span<UInt8>) -> Bool {
        skipBlanks(in: bytes)
        return index >= bytes.count
    }

    /// Reads an object; `body` gets each member's name, and has to read its value.
    mutating func object(in bytes: Span<UInt8>, _ body: (String, inout JSONScanner) -> Bool) -> Bool {
        guard take("{", in: bytes) else { return false }
        if take("}", in: bytes) { return true }
        repeat {
            guard let name = text(in: bytes, most: 64), take(":", in: bytes), body(name, &self) else { return false }
        } while take(",", in: bytes)
        return take("}", in: bytes)
    }

    /// Reads an array; `body` has to read each element.
    mutating func array(in bytes: Span<UInt8>, _ body: (inout JSONScanner) -> Bool) -> Bool {
        guard take("[", in: bytes) else { return false }
        if take("]", in: bytes) { return true }
        repeat {
            guard body(&self) else { return false }
        } while take(",", in: bytes)
        return take("]", in: bytes)
    }

    /// Reads a string as text, cut after so many bytes of UTF-8 as they stand in the source.
    mutating func text(in bytes: Span<UInt8>, most: Int) -> String? {
        string(in: bytes).map { Self.text(of: $0, in: bytes, most: most) }
    }

    /// Reads a string without making text of it.
    mutating func string(in bytes: Span<UInt8>) -> StringBytes? {
        guard take("\"", in: bytes) else { return nil }
        let start = index
        var hasEscapes = false
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return StringBytes(range: start..<(index - 1), hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                index += 2
            case 0..<0x20: return nil
            default: index += 1
            }
        }
        return nil
    }

    /// Reads a whole number.
    mutating func integer(in bytes: Span<UInt8>) -> Int? {
        skipBlanks(in: bytes)
        let isNegative = bytes.skip("-", at: &index)
        guard let value = bytes.number(at: &index) else { return nil }
        return isNegative ? -value : value
    }

    /// Reads `true` or `false`.
    mutating func flag(in bytes: Span<UInt8>) -> Bool? {
        skipBlanks(in: bytes)
        if bytes.skip("true", at: &index) { return true }
        return bytes.skip("false", at: &index) ? false : nil
    }

    /// Steps over any value that is nested no deeper than `depth`.
    mutating func skipValue(in bytes: Span<UInt8>, depth: Int) -> Bool {
        skipBlanks(in: bytes)
        guard depth > 0, let byte = bytes.byte(at: index) else { return false }
        switch byte {
        case UInt8(ascii: "{"): return object(in: bytes) { $1.skipValue(in: bytes, depth: depth - 1) }
        case UInt8(ascii: "["): return array(in: bytes) { $0.skipValue(in: bytes, depth: depth - 1) }
        case UInt8(ascii: "\""): return string(in: bytes) != nil
        default: return skipWord(in: bytes)
        }
    }

    /// Steps over a number, `true`, `false` or `null`.
    private mutating func skipWord(in bytes: Span<UInt8>) -> Bool {
        let start = index
        while let byte = bytes.byte(at: index), Self.isOfWord(byte) { index += 1 }
        return index > start
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
            UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func take(_ sign: StaticString, in bytes: Span<UInt8>) -> Bool {
        skipBlanks(in: bytes)
        return bytes.skip(sign, at: &index)
    }

    private mutating func skipBlanks(in bytes: Span<UInt8>) {
        while let byte = bytes.byte(at: index), byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A {
            index += 1
        }
    }
}
