// SPDX-License-Identifier: Apache-2.0

/// The hash of a body under one canonicalization, in progress: what becomes `bh=` (RFC 6376 §3.7).
struct BodyDigest: ~Copyable {
    private var canonicalizer: BodyCanonicalizer
    private var sink: DigestSink

    /// - Returns: `nil` if libcrypto gives no digest.
    init?(_ canonicalization: Canonicalization) {
        guard let sink = DigestSink() else { return nil }
        self.sink = sink
        canonicalizer = BodyCanonicalizer(canonicalization)
    }

    /// Takes the next chunk of the body, cut anywhere.
    mutating func update(_ chunk: UnsafeRawBufferPointer) {
        canonicalizer.update(chunk, into: &sink)
    }

    /// Takes the end of the body; `nil` if libcrypto failed on the way.
    mutating func finish() -> [UInt8]? {
        canonicalizer.finish(into: &sink)
        return sink.finish()
    }
}
