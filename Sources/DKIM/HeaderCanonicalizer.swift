// SPDX-License-Identifier: Apache-2.0

/// Canonicalizes one header field after the other into one text (RFC 6376 §3.4.1, §3.4.2).
struct HeaderCanonicalizer {
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let colon = UInt8(ascii: ":")

    let canonicalization: Canonicalization
    /// The canonical text so far.
    private(set) var text: [UInt8] = []

    /// An empty text, for which memory of `capacity` bytes is reserved.
    init(_ canonicalization: Canonicalization, capacity: Int = 0) {
        self.canonicalization = canonicalization
        text.reserveCapacity(capacity)
    }

    /// Adds a field and the CRLF that ends it; the value is all that follows the colon, folded with CRLF or LF.
    mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        appendUnended(name: name, value: value)
        text.append(Self.carriageReturn)
        text.append(Self.lineFeed)
    }

    /// Adds a field without the CRLF that ends it, as the signature field itself is hashed (RFC 6376 §3.7).
    mutating func appendUnended(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        switch canonicalization {
        case .simple:
            text.append(contentsOf: name)
            text.append(Self.colon)
            appendSimple(value)
        case .relaxed:
            for byte in name where !byte.isWhiteSpace { text.append(byte.asciiLowercased) }
            text.append(Self.colon)
            appendRelaxed(value)
        }
    }

    /// The value as it stands, each fold as CRLF.
    private mutating func appendSimple(_ value: UnsafeRawBufferPointer) {
        var start = 0
        while let end = value[start...].firstIndex(of: Self.lineFeed) {
            text.append(contentsOf: value[start..<end])
            if end == 0 || value[end - 1] != Self.carriageReturn { text.append(Self.carriageReturn) }
            text.append(Self.lineFeed)
            start = end + 1
        }
        text.append(contentsOf: value[start...])
    }

    /// The value unfolded, each run of white space as one space, none at either end.
    private mutating func appendRelaxed(_ value: UnsafeRawBufferPointer) {
        var hasSpace = false
        var isFirst = true
        var position = 0
        while position < value.count {
            let byte = value[position]
            if byte.isWhiteSpace {
                hasSpace = true
                position += 1
            } else if Self.endsLine(value, at: position) {
                position += 1
            } else {
                let start = position
                repeat {
                    position += 1
                } while position < value.count && !value[position].isWhiteSpace && !Self.endsLine(value, at: position)
                if hasSpace && !isFirst { text.append(UInt8(ascii: " ")) }
                text.append(contentsOf: UnsafeRawBufferPointer(rebasing: value[start..<position]))
                hasSpace = false
                isFirst = false
            }
        }
    }

    /// Whether the byte at `position` is a LF, or the CR before one; a lone CR is a byte of the value.
    private static func endsLine(_ value: UnsafeRawBufferPointer, at position: Int) -> Bool {
        switch value[position] {
        case lineFeed: true
        case carriageReturn: position + 1 < value.count && value[position + 1] == lineFeed
        default: false
        }
    }
}
