// SPDX-License-Identifier: Apache-2.0

/// Header field names to look up without regard to case, on bytes and without allocation.
struct FieldNames: Sendable, Hashable {
    /// The names in lower case, one after the other.
    private var bytes: [UInt8] = []
    /// Where each name ends in `bytes`; each begins where the one before ends.
    private var ends: [Int] = []

    init(_ names: [String]) {
        for name in names {
            bytes.append(contentsOf: name.utf8.lazy.map(\.asciiLowercased))
            ends.append(bytes.count)
        }
    }

    /// The place of a name in the list; white space that stands before the colon does not count.
    func index(of name: UnsafeRawBufferPointer) -> Int? {
        var length = name.count
        while length > 0, name[length - 1].isWhiteSpace { length -= 1 }
        var start = 0
        for (index, end) in ends.enumerated() {
            if end - start == length, matches(name, at: start, length: length) { return index }
            start = end
        }
        return nil
    }

    private func matches(_ name: UnsafeRawBufferPointer, at start: Int, length: Int) -> Bool {
        for offset in 0..<length where name[offset].asciiLowercased != bytes[start + offset] {
            return false
        }
        return true
    }
}

extension UInt8 {
    /// This byte, in lower case if it is an ASCII letter.
    var asciiLowercased: UInt8 {
        self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
    }

    /// Whether this byte is WSP: space or tab (RFC 5234 appendix B.1).
    var isWhiteSpace: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t")
    }

    /// Whether this byte is an ASCII letter or digit.
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
