// SPDX-License-Identifier: Apache-2.0

/// Canonicalizes a body that comes in chunks cut anywhere (RFC 6376 §3.4.3, §3.4.4).
///
/// Of what has been seen, only three facts are kept: how many line ends, whether white space, and whether a carriage
/// return are still undecided. Memory is thus the same for any body.
///
/// Line ends are taken as the next hop will see them after Postfix: CRLF or a lone LF ends a line, a lone CR is a
/// byte like another, and a last line without an end gets one.
struct BodyCanonicalizer {
    private static let tab = UInt8(ascii: "\t")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")

    let canonicalization: Canonicalization

    /// Line ends that count only if something other than empty lines follows.
    private var lineEnds = 0
    /// White space that counts, as one space, only if something follows on its line; in relaxed only.
    private var hasSpace = false
    /// A CR at the end of a chunk, which the next byte makes a line end or a byte of the line.
    private var hasCarriageReturn = false
    /// Whether anything but empty lines has been written.
    private var hasContent = false

    init(_ canonicalization: Canonicalization) {
        self.canonicalization = canonicalization
    }

    /// Takes the next chunk.
    mutating func update(_ chunk: UnsafeRawBufferPointer, into sink: inout some ByteSink & ~Copyable) {
        var position = decideCarriageReturn(before: chunk, sink: &sink)
        while position < chunk.count {
            switch chunk[position] {
            case Self.lineFeed:
                endLine()
                position += 1
            case Self.carriageReturn where position + 1 == chunk.count:
                hasCarriageReturn = true
                position += 1
            case Self.carriageReturn where chunk[position + 1] == Self.lineFeed:
                endLine()
                position += 2
            case Self.space where canonicalization == .relaxed, Self.tab where canonicalization == .relaxed:
                hasSpace = true
                position += 1
            default:
                position = copyRun(of: chunk, from: position, into: &sink)
            }
        }
    }

    /// Takes the end of the body.
    mutating func finish(into sink: inout some ByteSink & ~Copyable) {
        if hasCarriageReturn {
            hasCarriageReturn = false
            writePending(into: &sink)
            write(Self.carriageReturn, into: &sink)
        }
        // An empty body is one CRLF in simple, nothing in relaxed.
        if hasContent || canonicalization == .simple {
            writeLineEnds(1, into: &sink)
        }
    }

    /// Decides about a CR that ended the chunk before; the result is where to go on.
    private mutating func decideCarriageReturn(
        before chunk: UnsafeRawBufferPointer, sink: inout some ByteSink & ~Copyable
    ) -> Int {
        guard hasCarriageReturn, let first = chunk.first else { return 0 }
        hasCarriageReturn = false
        if first == Self.lineFeed {
            endLine()
            return 1
        }
        writePending(into: &sink)
        write(Self.carriageReturn, into: &sink)
        return 0
    }

    /// Copies what is canonical as it stands; line ends at its end are only counted.
    private mutating func copyRun(
        of chunk: UnsafeRawBufferPointer, from start: Int, into sink: inout some ByteSink & ~Copyable
    ) -> Int {
        writePending(into: &sink)
        let next =
            switch canonicalization {
            case .simple: UnchangedRun.simpleEnd(in: chunk, from: start)
            case .relaxed: UnchangedRun.relaxedEnd(in: chunk, from: start)
            }
        var end = next
        if end == chunk.count, chunk[end - 1] == Self.carriageReturn {
            hasCarriageReturn = true
            end -= 1
        }
        while end - start > 2, chunk[end - 1] == Self.lineFeed, chunk[end - 2] == Self.carriageReturn {
            lineEnds += 1
            end -= 2
        }
        sink.write(UnsafeRawBufferPointer(rebasing: chunk[start..<end]))
        return next
    }

    private mutating func endLine() {
        lineEnds += 1
        hasSpace = false
    }

    private mutating func writePending(into sink: inout some ByteSink & ~Copyable) {
        hasContent = true
        if lineEnds > 0 {
            writeLineEnds(lineEnds, into: &sink)
            lineEnds = 0
        }
        if hasSpace {
            hasSpace = false
            write(Self.space, into: &sink)
        }
    }

    private func write(_ byte: UInt8, into sink: inout some ByteSink & ~Copyable) {
        withUnsafeBytes(of: byte) { sink.write($0) }
    }

    private func writeLineEnds(_ count: Int, into sink: inout some ByteSink & ~Copyable) {
        let lineEnd: (UInt8, UInt8) = (Self.carriageReturn, Self.lineFeed)
        withUnsafeBytes(of: lineEnd) { bytes in
            for _ in 0..<count { sink.write(bytes) }
        }
    }
}
