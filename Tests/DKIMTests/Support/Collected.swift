// SPDX-License-Identifier: Apache-2.0
@testable import DKIM

/// Keeps what a canonicalizer writes, so that a test can read it.
struct Collected: ByteSink {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        self.bytes.append(contentsOf: bytes)
    }

    /// The canonical form of a body that comes in the given chunks.
    static func body(_ chunks: [[UInt8]], _ canonicalization: Canonicalization) -> [UInt8] {
        var canonicalizer = BodyCanonicalizer(canonicalization)
        var sink = Collected()
        for chunk in chunks {
            // Of its own size exactly, so that the address sanitizer sees a read beyond its end.
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk.count, alignment: 1)
            defer { copy.deallocate() }
            copy.copyBytes(from: chunk)
            canonicalizer.update(UnsafeRawBufferPointer(copy), into: &sink)
        }
        canonicalizer.finish(into: &sink)
        return sink.bytes
    }
}
