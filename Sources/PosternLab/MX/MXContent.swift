// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Collects the content of a message from what follows DATA (RFC 5321 §4.5.2).
struct MXContent {
    /// More than Postfix sends by default (`message_size_limit`, 10,240,000); a longer message ends the connection.
    static let limit = 48 << 20

    private(set) var bytes: [UInt8] = []

    /// Takes whole lines out of `input`; the stuffed dots go.
    /// - Returns: Whether the end of the message, a line with a dot alone, was among them.
    mutating func take(from input: inout ByteBuffer) -> Bool {
        while let end = input.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let length = end - input.readerIndex + 1
            guard let line = input.readSlice(length: length)?.readableBytesView else { return false }
            if line.elementsEqual(".\r\n".utf8) { return true }
            bytes += line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...]
        }
        return false
    }
}
