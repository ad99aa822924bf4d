// SPDX-License-Identifier: Apache-2.0

/// A private key with the names under which its public key is published: parsed once, used by all threads.
public final class SigningKey: Sendable {
    /// The fewest bits of an RSA key that are taken unless the site says otherwise (RFC 8301 §3.2).
    public static let recommendedMinimumBits = 2048
    /// The fewest bits of an RSA key that are ever taken: verifiers must refuse less (RFC 8301 §3.2).
    public static let absoluteMinimumBits = 1024
    /// The most bits of an RSA key: verifiers need not accept more (RFC 8301 §3.2).
    public static let maximumBits = 4096

    /// The signing domain (`d=`), in lower case.
    public let domain: String
    /// The selector (`s=`), as given.
    public let selector: String
    /// The algorithm, which the key itself decides.
    public let algorithm: SigningAlgorithm
    /// The key's length, in bits.
    public let bits: Int
    /// The text of the TXT record at `dnsName`.
    public let dnsRecord: String

    private let key: PrivateKey

    /// Reads a private key.
    ///
    /// - Parameters:
    ///   - domain: the signing domain; another script than Latin is written as A-labels (`xn--…`).
    ///   - selector: the selector.
    ///   - pem: the key in PEM, PKCS #8 or PKCS #1, not encrypted.
    ///   - minimumBits: the fewest bits of an RSA key that are taken; less than `absoluteMinimumBits` counts as that.
    /// - Throws: why the key cannot be used.
    public convenience init(
        domain: String, selector: String, pem: [UInt8], minimumBits: Int = recommendedMinimumBits
    ) throws(SigningKeyError) {
        try self.init(domain: domain, selector: selector, key: PrivateKey(pem: pem), minimumBits: minimumBits)
    }

    /// Makes a new key, in memory only; it lasts if what `pem()` says is kept.
    public convenience init(
        domain: String, selector: String, generating kind: SigningKeyKind
    ) throws(SigningKeyError) {
        try self.init(
            domain: domain, selector: selector, key: PrivateKey(generating: kind),
            minimumBits: Self.recommendedMinimumBits)
    }

    private init(domain: String, selector: String, key: PrivateKey, minimumBits: Int) throws(SigningKeyError) {
        guard DomainSyntax.isDomain(domain) else { throw .invalidDomain(domain) }
        guard DomainSyntax.isSelector(selector, for: domain) else { throw .invalidSelector(selector) }
        guard let algorithm = key.algorithm else { throw .unsupportedKind(key.kindName) }
        if algorithm == .rsaSHA256 {
            let minimum = max(minimumBits, Self.absoluteMinimumBits)
            guard key.bits >= minimum else { throw .tooShort(bits: key.bits, minimum: minimum) }
            guard key.bits <= Self.maximumBits else { throw .tooLong(bits: key.bits, maximum: Self.maximumBits) }
        }
        self.domain = domain.lowercased()
        self.selector = selector
        self.algorithm = algorithm
        self.key = key
        bits = key.bits
        let published = String(decoding: Base64.encode(try key.publicKey()), as: UTF8.self)
        dnsRecord = "v=DKIM1; k=\(algorithm.keyType); p=\(published)"
    }

    /// The private key as PKCS #8 in PEM, not encrypted: to be written where only the signer can read it.
    public func pem() throws(SigningKeyError) -> [UInt8] {
        try key.pem()
    }

    /// Signs a SHA-256 digest.
    func sign(_ digest: [UInt8]) throws(SigningError) -> [UInt8] {
        try key.sign(digest)
    }
}
