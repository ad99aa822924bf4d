// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// A private key in libcrypto's keeping, parsed once.
///
/// libcrypto parses a PEM text in about the time of an RSA signature, so it is never done per message.
final class PrivateKey: @unchecked Sendable {
    // Safe to share: an EVP_PKEY that is not changed any more may sign on several threads at once (openssl-threads(7)),
    // and its count of references is atomic. Measured with two threads, copies of the key for each gain nothing.
    private let key: OpaquePointer

    /// Takes the key over, and frees it in the end.
    private init(owning key: OpaquePointer) {
        self.key = key
    }

    deinit {
        EVP_PKEY_free(key)
    }

    /// Reads a key in PEM: PKCS #8, or the older form that begins with `BEGIN RSA PRIVATE KEY`.
    ///
    /// A passphrase is never asked for: an encrypted key is refused.
    convenience init(pem: [UInt8]) throws(SigningKeyError) {
        guard let length = Int32(exactly: pem.count), length <= 1 << 20 else { throw .notAPrivateKey("too long") }
        var wasAskedForPassphrase = false
        let key: OpaquePointer? = pem.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, length) else { return nil }
            defer { BIO_free(source) }
            return withUnsafeMutablePointer(to: &wasAskedForPassphrase) { asked in
                PEM_read_bio_PrivateKey(source, nil, Self.refusePassphrase, asked)
            }
        }
        guard let key else {
            let reason = LibCrypto.takeError()
            if wasAskedForPassphrase { throw .encrypted }
            throw Self.holdsPublicKey(pem) ? .publicKeyOnly : .notAPrivateKey(reason)
        }
        self.init(owning: key)
    }

    /// Makes a new key.
    convenience init(generating kind: SigningKeyKind) throws(SigningKeyError) {
        let name = kind.algorithm == .ed25519SHA256 ? "ED25519" : "RSA"
        guard let context = EVP_PKEY_CTX_new_from_name(nil, name, nil) else {
            throw .notGenerated(LibCrypto.takeError())
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            kind.rsaBits.map({ EVP_PKEY_CTX_set_rsa_keygen_bits(context, $0) == 1 }) ?? true,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw .notGenerated(LibCrypto.takeError()) }
        self.init(owning: key)
    }

    /// The algorithm that the key is for; `nil` if it is for none of DKIM's.
    var algorithm: SigningAlgorithm? {
        if EVP_PKEY_is_a(key, "RSA") == 1 { return .rsaSHA256 }
        if EVP_PKEY_is_a(key, "ED25519") == 1 { return .ed25519SHA256 }
        return nil
    }

    /// libcrypto's name of the key's kind, such as `EC`.
    var kindName: String {
        EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
    }

    /// The key's length, in bits.
    var bits: Int {
        Int(EVP_PKEY_get_bits(key))
    }

    /// The public key as it stands in `p=`: a SubjectPublicKeyInfo for RSA, 32 bare bytes for Ed25519 (RFC 8463 §4).
    func publicKey() throws(SigningKeyError) -> [UInt8] {
        let isBare = algorithm == .ed25519SHA256
        var length = isBare ? 32 : Int(i2d_PUBKEY(key, nil))
        guard length > 0 else { throw .notAPrivateKey(LibCrypto.takeError()) }
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            var next = buffer.baseAddress
            let isWritten =
                isBare ? EVP_PKEY_get_raw_public_key(key, next, &length) == 1 : i2d_PUBKEY(key, &next) == length
            count = isWritten ? length : 0
        }
        guard !bytes.isEmpty else { throw .notAPrivateKey(LibCrypto.takeError()) }
        return bytes
    }

    /// The key as PKCS #8 in PEM, not encrypted.
    func pem() throws(SigningKeyError) -> [UInt8] {
        guard let sink = BIO_new(BIO_s_secmem()) else { throw .notGenerated(LibCrypto.takeError()) }
        defer { BIO_free(sink) }
        guard PEM_write_bio_PKCS8PrivateKey(sink, key, nil, nil, 0, nil, nil) == 1 else {
            throw .notGenerated(LibCrypto.takeError())
        }
        return [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
            count = max(0, Int(BIO_read(sink, buffer.baseAddress, Int32(buffer.count))))
        }
    }

    /// Signs a SHA-256 digest: RSA by PKCS #1 v1.5 (RFC 6376 §3.3.2), Ed25519 over the digest (RFC 8463 §3).
    func sign(_ digest: [UInt8]) throws(SigningError) -> [UInt8] {
        let signature =
            switch algorithm {
            case .rsaSHA256: signByRSA(digest)
            case .ed25519SHA256: signByEd25519(digest)
            case nil: [UInt8]()
            }
        guard !signature.isEmpty else { throw .cryptography(LibCrypto.takeError()) }
        return signature
    }

    private func signByRSA(_ digest: [UInt8]) -> [UInt8] {
        guard let context = EVP_PKEY_CTX_new(key, nil) else { return [] }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_sign_init(context) == 1, EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1,
            EVP_PKEY_CTX_set_signature_md(context, SHA256.algorithm) == 1
        else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(EVP_PKEY_get_size(key))) { signature, count in
            var length = signature.count
            let isSigned = EVP_PKEY_sign(context, signature.baseAddress, &length, digest, digest.count) == 1
            count = isSigned ? length : 0
        }
    }

    private func signByEd25519(_ digest: [UInt8]) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { return [] }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(EVP_PKEY_get_size(key))) { signature, count in
            var length = signature.count
            let isSigned = EVP_DigestSign(context, signature.baseAddress, &length, digest, digest.count) == 1
            count = isSigned ? length : 0
        }
    }

    /// libcrypto's question for a passphrase; without an answer of ours it would ask at the terminal.
    private static let refusePassphrase:
        @convention(c) (
            UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?
        ) -> Int32 = { _, _, _, wasAsked in
            wasAsked?.assumingMemoryBound(to: Bool.self).pointee = true
            return -1
        }

    private static func holdsPublicKey(_ pem: [UInt8]) -> Bool {
        let text = String(decoding: pem, as: UTF8.self)
        return text.contains("PUBLIC KEY-----") || text.contains("BEGIN CERTIFICATE-----")
    }
}
