// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// A SHA-256 in progress, by libcrypto.
struct SHA256: ~Copyable {
    /// The length of a digest, in bytes.
    static let digestLength = 32

    /// The algorithm, fetched once: OpenSSL 3 otherwise searches its providers for each message.
    ///
    /// `nil` only where no provider has it. It does not change, and libcrypto counts its references atomically, so all
    /// threads may share it.
    nonisolated(unsafe) static let algorithm: OpaquePointer? = EVP_MD_fetch(nil, "SHA2-256", nil)

    private let context: OpaquePointer
    private var isSound: Bool

    /// - Returns: `nil` if memory or the algorithm is missing.
    init?() {
        guard let algorithm = Self.algorithm, let context = EVP_MD_CTX_new() else { return nil }
        self.context = context
        isSound = EVP_DigestInit_ex2(context, algorithm, nil) == 1
    }

    /// A second digest that goes on from what `other` has taken so far; `nil` if memory is missing.
    init?(continuing other: borrowing SHA256) {
        guard let context = EVP_MD_CTX_new() else { return nil }
        self.context = context
        isSound = other.isSound && EVP_MD_CTX_copy_ex(context, other.context) == 1
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        isSound = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 && isSound
    }

    /// The digest of all bytes; `nil` if libcrypto failed on the way, or the second time.
    mutating func finish() -> [UInt8]? {
        guard isSound else { return nil }
        isSound = false
        let context = context
        var length: UInt32 = 0
        let digest = [UInt8](unsafeUninitializedCapacity: Self.digestLength) { buffer, count in
            count = EVP_DigestFinal_ex(context, buffer.baseAddress, &length) == 1 ? Self.digestLength : 0
        }
        return length == Self.digestLength ? digest : nil
    }
}
