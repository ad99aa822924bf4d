// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// The text of a string, of at most its first `most` bytes; what is no UTF-8, or half of a surrogate pair, is U+FFFD.
    static func text(of string: StringBytes, in bytes: Span<UInt8>, most: Int) -> String {
        let end = string.range.lowerBound + min(string.range.count, max(0, most))
        let bytes = bytes.extracting(string.range.lowerBound..<end)
        guard string.hasEscapes else { return bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while let byte = bytes.byte(at: index) {
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            guard let escaped = bytes.byte(at: index) else { break }
            index += 1
            if escaped == UInt8(ascii: "u") {
                plain.append(contentsOf: String(scalar(at: &index, in: bytes)).utf8)
            } else {
                plain.append(unescaped(escaped))
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }

    /// The scalar whose `\u` has just been read; the second half of a surrogate pair with it (RFC 8259 §7).
    private static func scalar(at index: inout Int, in bytes: Span<UInt8>) -> Unicode.Scalar {
        guard let unit = unit(at: &index, in: bytes) else { return "\u{FFFD}" }
        if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
        var next = index
        guard unit < 0xDC00, bytes.skip("\\u", at: &next), let low = self.unit(at: &next, in: bytes),
            0xDC00...0xDFFF ~= low
        else { return "\u{FFFD}" }
        index = next
        return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)) ?? "\u{FFFD}"
    }

    /// Four hexadecimal digits.
    private static func unit(at index: inout Int, in bytes: Span<UInt8>) -> UInt16? {
        var value: UInt16 = 0
        for offset in 0..<4 {
            guard let byte = bytes.byte(at: index + offset), let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { return nil }
            value = value << 4 | UInt16(digit)
        }
        index += 4
        return value
    }
}
