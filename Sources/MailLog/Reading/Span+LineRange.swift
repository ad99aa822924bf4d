// SPDX-License-Identifier: Apache-2.0
internal import PostfixWire

extension Span where Element == UInt8 {
    /// Where a field from `start` up to `end` lies, none of it beyond the line's end.
    func bounds(from start: UInt16, to end: UInt16) -> Range<Int> {
        let end = Swift.min(Int(end), count)
        return Swift.min(Int(start), end)..<end
    }

    /// Where a field lies, none of it beyond the line's end.
    func bounds(_ range: LineRange) -> Range<Int> {
        bounds(from: range.start, to: range.end)
    }

    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    var text: String {
        withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the bytes end with these ASCII characters.
    func ends(with literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard length <= count else { return false }
        return literal.withUTF8Buffer { buffer in
            for index in 0..<length where buffer[index] != self[count - length + index] { return false }
            return true
        }
    }
}
