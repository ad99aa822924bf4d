// SPDX-License-Identifier: Apache-2.0

/// Where a field stands in a log line, in bytes from the line's start.
///
/// Records hold these instead of text, so that reading a line costs no heap object; the text is made when asked for,
/// from the same line. Against any other line the range yields what lies there, cut to that line's length.
public struct LineRange: Hashable, Sendable {
    /// The first byte.
    public let start: UInt16
    /// The byte after the last.
    public let end: UInt16

    /// The bytes from `start` up to `end`, both within a line of at most `LogLineParser.maximumLength`.
    init(_ start: Int, _ end: Int) {
        self.start = UInt16(clamping: start)
        self.end = UInt16(clamping: max(start, end))
    }

    /// The number of bytes.
    public var count: Int { Int(end) - Int(start) }
    /// Whether the field is there but empty, as the sender in `from=<>` is.
    public var isEmpty: Bool { start == end }

    /// The field as text; bytes that are not UTF-8 become U+FFFD.
    public func text(in line: Span<UInt8>) -> String {
        let bounds = self.bounds(in: line)
        return line.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[bounds]), as: UTF8.self)
        }
    }

    /// Whether the field is exactly these ASCII bytes.
    func equals(_ literal: StaticString, in line: Span<UInt8>) -> Bool {
        count == literal.utf8CodeUnitCount && line.has(literal, at: Int(start))
    }

    /// The range as indices, none beyond the line.
    func bounds(in line: Span<UInt8>) -> Range<Int> {
        let end = min(Int(self.end), line.count)
        return min(Int(start), end)..<end
    }
}
