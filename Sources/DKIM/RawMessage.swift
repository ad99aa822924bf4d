// SPDX-License-Identifier: Apache-2.0

/// A whole message taken apart, with each line end as CRLF.
///
/// CRLF or a lone LF ends a line; a lone CR is a byte like another. The header ends at the first empty line, or
/// before the first line that is neither a header field nor its continuation. A last line without an end gets one.
public struct RawMessage: Sendable, Hashable {
    /// A header field.
    public struct Field: Sendable, Hashable {
        /// What stands before the colon.
        public var name: [UInt8]
        /// All that stands after the colon, folded with CRLF, without the last line's end.
        public var value: [UInt8]
    }

    /// The header fields, from the top.
    public private(set) var fields: [Field] = []
    /// The body; each of its lines ends with CRLF.
    public private(set) var body: [UInt8] = []

    /// Takes a message apart.
    public init(_ message: UnsafeRawBufferPointer) {
        var position = 0
        while let line = Self.line(of: message, at: position) {
            if line.content.isEmpty {
                position = line.next
                break
            }
            guard takeHeaderLine(line.content, isFirst: position == 0) else { break }
            position = line.next
        }
        body.reserveCapacity(message.count - position)
        while let line = Self.line(of: message, at: position) {
            body.append(contentsOf: line.content)
            body.append(contentsOf: Self.lineEnd)
            position = line.next
        }
    }

    private static let lineEnd: [UInt8] = [UInt8(ascii: "\r"), UInt8(ascii: "\n")]

    /// The line that begins at `position`, without its end, and where the next one begins; `nil` at the end.
    private static func line(
        of message: UnsafeRawBufferPointer, at position: Int
    ) -> (content: Slice<UnsafeRawBufferPointer>, next: Int)? {
        guard position < message.count else { return nil }
        guard let end = message[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            return (message[position...], message.count)
        }
        let hasReturn = end > position && message[end - 1] == UInt8(ascii: "\r")
        return (message[position..<(hasReturn ? end - 1 : end)], end + 1)
    }

    /// Takes a line of the header; `false` if it cannot belong to one.
    private mutating func takeHeaderLine(_ line: Slice<UnsafeRawBufferPointer>, isFirst: Bool) -> Bool {
        if let first = line.first, first.isWhiteSpace, !fields.isEmpty {
            fields[fields.count - 1].value.append(contentsOf: Self.lineEnd)
            fields[fields.count - 1].value.append(contentsOf: line)
            return true
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.startIndex
        var name = line[..<colon]
        while let last = name.last, last.isWhiteSpace { name.removeLast() }
        guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            // The first line of a message in a mailbox file.
            return isFirst && line.starts(with: "From ".utf8)
        }
        fields.append(Field(name: [UInt8](line[..<colon]), value: [UInt8](line[(colon + 1)...])))
        return true
    }
}
