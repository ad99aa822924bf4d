// SPDX-License-Identifier: Apache-2.0

/// Cuts the bytes of a log file, as they are read, into lines.
///
/// A line is handed on when its end is there. The start of a line that is still being written is kept for the next
/// bytes; at most `maximumLength` bytes of a line are kept at all.
public struct LineSplitter: Sendable {
    /// The longest line that is handed on whole, in bytes without its end; what is beyond is dropped.
    public static let maximumLength = 8192

    /// What is known of a line beside its bytes.
    public struct Place: Hashable, Sendable {
        /// The offset in the file of the first byte after the line and its end: where to go on if this is the last line read.
        public let end: UInt64
        /// Whether the line was longer than `maximumLength` and is cut.
        public let isCut: Bool
    }

    /// The offset in the file of the next byte to be fed.
    public private(set) var offset: UInt64
    /// The offset of the first byte that has not been handed on as part of a line: where to read from after a restart.
    public private(set) var resumption: UInt64
    /// How many pieces of lines were dropped because NUL bytes tore them, as a truncated and refilled file shows.
    public private(set) var tornCount = 0

    private var partial: [UInt8] = []
    private var isOverlong = false

    /// A splitter for a file that is read from `offset` on.
    public init(offset: UInt64 = 0) {
        self.offset = offset
        resumption = offset
    }

    /// Takes the next bytes of the file and hands on each line that they complete, without its LF.
    ///
    /// Empty lines are left out.
    public mutating func feed<Failure: Error>(
        _ bytes: Span<UInt8>, _ body: (Span<UInt8>, Place) throws(Failure) -> Void
    ) throws(Failure) {
        let base = offset
        offset &+= UInt64(bytes.count)
        var start = 0
        while let end = bytes.farPlace(of: UInt8(ascii: "\n"), from: start, to: bytes.count) {
            let next = end + 1
            resumption = base &+ UInt64(next)
            if partial.isEmpty, !isOverlong {
                start = self.start(ofLineIn: bytes, start..<end)
                let length = min(end - start, Self.maximumLength)
                let place = Place(end: resumption, isCut: length < end - start)
                if length > 0 { try body(bytes.extracting(start..<(start + length)), place) }
            } else {
                keep(bytes, start..<end)
                try flush(body)
            }
            start = next
        }
        if start < bytes.count { keep(bytes, start..<bytes.count) }
    }

    /// Hands on what stands after the last LF: for a file that nobody writes any more.
    public mutating func finish<Failure: Error>(
        _ body: (Span<UInt8>, Place) throws(Failure) -> Void
    ) throws(Failure) {
        resumption = offset
        try flush(body)
    }

    private mutating func keep(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let start = self.start(ofLineIn: bytes, range)
        let room = Self.maximumLength - partial.count
        if range.upperBound - start > room { isOverlong = true }
        let kept = bytes.extracting(start..<min(range.upperBound, start + room))
        kept.withUnsafeBufferPointer { partial.append(contentsOf: $0) }
    }

    private mutating func flush<Failure: Error>(
        _ body: (Span<UInt8>, Place) throws(Failure) -> Void
    ) throws(Failure) {
        let line = partial
        let place = Place(end: resumption, isCut: isOverlong)
        partial = []
        isOverlong = false
        if !line.isEmpty { try body(line.span, place) }
    }

    /// Where the line begins of which `range` is a part or the rest.
    ///
    /// Postfix never logs a NUL. Where one stands, the file was truncated under its writer: what is before it is the start
    /// of a line that was never finished, what is after it begins a new one.
    private mutating func start(ofLineIn bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        guard let first = bytes.farPlace(of: 0, from: range.lowerBound, to: range.upperBound) else {
            return range.lowerBound
        }
        if first > range.lowerBound || !partial.isEmpty { tornCount += 1 }
        partial.removeAll(keepingCapacity: true)
        isOverlong = false
        var start = range.upperBound
        while bytes[start - 1] != 0 { start -= 1 }
        return start
    }
}
