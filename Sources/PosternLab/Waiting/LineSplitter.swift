// SPDX-License-Identifier: Apache-2.0

/// Cuts a stream of bytes into lines at LF; a CR before it is dropped, and what is not UTF-8 is replaced.
struct LineSplitter {
    /// A longer line is cut here, so that a stream without line ends does not fill the memory.
    static let longestLine = 64 * 1024

    private var rest: [UInt8] = []

    /// Takes more bytes; answers the lines that are now whole.
    mutating func add(_ bytes: some Collection<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                lines.append(take())
            } else {
                rest.append(byte)
                if rest.count == Self.longestLine { lines.append(take()) }
            }
        }
        return lines
    }

    /// The last line, if the stream did not end with a line end.
    mutating func finish() -> String? { rest.isEmpty ? nil : take() }

    private mutating func take() -> String {
        if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
        defer { rest.removeAll(keepingCapacity: true) }
        return String(decoding: rest, as: UTF8.self)
    }
}
