// SPDX-License-Identifier: Apache-2.0

/// Feeds a SHA-256 in large pieces: short pieces are gathered, long ones are passed through without a copy.
struct DigestSink: ~Copyable, ByteSink {
    /// Pieces from here on go to the digest as they are, in bytes: a call then costs less than the copy.
    private static let longPiece = 512
    private static let capacity = 4096

    private var digest: SHA256
    private let gathered: UnsafeMutableRawPointer
    private var count = 0

    /// - Returns: `nil` if libcrypto gives no digest.
    init?() {
        guard let digest = SHA256() else { return nil }
        self.digest = digest
        gathered = .allocate(byteCount: Self.capacity, alignment: 16)
    }

    deinit {
        gathered.deallocate()
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        if bytes.count > Self.capacity - count || bytes.count >= Self.longPiece {
            flush()
        }
        if bytes.count >= Self.longPiece {
            digest.update(bytes)
        } else {
            (gathered + count).copyMemory(from: start, byteCount: bytes.count)
            count += bytes.count
        }
    }

    /// The digest of all bytes written; `nil` if libcrypto failed on the way.
    mutating func finish() -> [UInt8]? {
        flush()
        return digest.finish()
    }

    private mutating func flush() {
        digest.update(UnsafeRawBufferPointer(start: gathered, count: count))
        count = 0
    }
}
