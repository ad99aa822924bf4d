// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What a grammar that reads from left to right needs of a line. Every function takes any index, also one beyond the end.
extension Span<UInt8> {
    /// Whether `literal` stands at `index`.
    @inline(__always)
    func has(_ literal: StaticString, at index: Int) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard index >= 0, index <= count - length else { return false }
        return withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return length == 0 }
            return memcmp(base + index, literal.utf8Start, length) == 0
        }
    }

    /// Steps over `literal` if it stands at `index`.
    @inline(__always)
    func skip(_ literal: StaticString, at index: inout Int) -> Bool {
        guard has(literal, at: index) else { return false }
        index += literal.utf8CodeUnitCount
        return true
    }

    /// The byte at `index`, or `nil` beyond the end.
    @inline(__always)
    func byte(at index: Int) -> UInt8? {
        index >= 0 && index < count ? self[index] : nil
    }

    /// The first place of `byte` in `start..<end`; for fields of a few bytes.
    @inline(__always)
    func place(of byte: UInt8, from start: Int, to end: Int? = nil) -> Int? {
        let end = Swift.min(end ?? count, count)
        var index = Swift.max(start, 0)
        while index < end {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// The first place of `byte` in `start..<end`, by memchr(3); for whole lines and blocks.
    func farPlace(of byte: UInt8, from start: Int, to end: Int) -> Int? {
        guard start >= 0, start < end, end <= count else { return nil }
        return withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let hit = memchr(base + start, Int32(byte), end - start) else {
                return nil
            }
            return UnsafeRawPointer(hit) - base
        }
    }

    /// The first place of `literal` in `start..<end`.
    func place(of literal: StaticString, from start: Int, to end: Int? = nil) -> Int? {
        guard literal.utf8CodeUnitCount > 0 else { return nil }
        let end = Swift.min(end ?? count, count)
        let first = literal.utf8Start.pointee
        var index = start
        while let hit = place(of: first, from: index, to: end), hit + literal.utf8CodeUnitCount <= end {
            if has(literal, at: hit) { return hit }
            index = hit + 1
        }
        return nil
    }

    /// A number of 1 to 18 decimal digits at `index`, stepped over; `nil` and unmoved if there is none or it is longer.
    @inline(__always)
    func number(at index: inout Int) -> Int? {
        var value = 0
        var end = index
        while end < count, end - index <= 18, let digit = Self.digit(self[end]) {
            value = value &* 10 &+ digit
            end += 1
        }
        guard end > index, end - index <= 18 else { return nil }
        index = end
        return value
    }

    /// Exactly `length` decimal digits at `index`, stepped over.
    @inline(__always)
    func number(ofDigits length: Int, at index: inout Int) -> Int? {
        guard index >= 0, index <= count - length else { return nil }
        var value = 0
        for offset in 0..<length {
            guard let digit = Self.digit(self[index + offset]) else { return nil }
            value = value &* 10 &+ digit
        }
        index += length
        return value
    }

    /// The value of a decimal digit.
    @inline(__always)
    static func digit(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int(value) : nil
    }
}
