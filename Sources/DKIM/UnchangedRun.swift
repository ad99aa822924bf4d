// SPDX-License-Identifier: Apache-2.0

/// Finds how far a body's bytes are canonical as they stand, sixteen at a time.
///
/// Most mail is clean for thousands of bytes: single spaces between words and CRLF after them. Only where a run ends
/// the canonicalizer has to think; the run itself goes to the digest untouched.
///
/// Vectors are compared with vectors throughout: to compare one with a scalar, Swift 6.3 loops over the lanes, which
/// is fifty times slower.
enum UnchangedRun {
    private typealias Bytes = SIMD16<UInt8>

    private static let tab: UInt8 = 0x09
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private static let space: UInt8 = 0x20

    /// The end of the run that begins with the data byte at `start`, under relaxed canonicalization.
    ///
    /// It ends before a tab, before a space that is not followed by a printable byte (it may be one of several, or
    /// the last of its line), and before a line feed without carriage return.
    static func relaxedEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        let tabs = Bytes(repeating: tab), spaces = Bytes(repeating: space)
        let lineFeeds = Bytes(repeating: lineFeed), carriageReturns = Bytes(repeating: carriageReturn)
        var position = start + 1
        while position + 17 <= bytes.count {
            let here = bytes.loadUnaligned(fromByteOffset: position, as: Bytes.self)
            let next = bytes.loadUnaligned(fromByteOffset: position + 1, as: Bytes.self)
            let previous = bytes.loadUnaligned(fromByteOffset: position - 1, as: Bytes.self)
            let ends =
                (here .== tabs) .| ((here .== spaces) .& (next .<= spaces))
                .| ((here .== lineFeeds) .& (previous .!= carriageReturns))
            if let offset = firstSet(ends) {
                return position + offset
            }
            position += 16
        }
        while position < bytes.count {
            switch bytes[position] {
            case tab: return position
            case space where position + 1 == bytes.count || bytes[position + 1] <= space: return position
            case lineFeed where bytes[position - 1] != carriageReturn: return position
            default: position += 1
            }
        }
        return position
    }

    /// The end of the run that begins with the data byte at `start`, under simple canonicalization.
    ///
    /// It ends before a line feed without carriage return.
    static func simpleEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        let lineFeeds = Bytes(repeating: lineFeed), carriageReturns = Bytes(repeating: carriageReturn)
        var position = start + 1
        while position + 16 <= bytes.count {
            let here = bytes.loadUnaligned(fromByteOffset: position, as: Bytes.self)
            let previous = bytes.loadUnaligned(fromByteOffset: position - 1, as: Bytes.self)
            if let offset = firstSet((here .== lineFeeds) .& (previous .!= carriageReturns)) {
                return position + offset
            }
            position += 16
        }
        while position < bytes.count, bytes[position] != lineFeed || bytes[position - 1] == carriageReturn {
            position += 1
        }
        return position
    }

    /// The index of the first lane that is set, without a loop over lanes.
    @inline(__always)
    private static func firstSet(_ mask: SIMDMask<SIMD16<Int8>>) -> Int? {
        let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        if halves[0] | halves[1] == 0 { return nil }
        // Both machines that Postern runs on are little-endian; elsewhere the first lane is the highest byte.
        let first = halves[0].littleEndian, second = halves[1].littleEndian
        return first != 0 ? first.trailingZeroBitCount / 8 : 8 + second.trailingZeroBitCount / 8
    }
}
