// SPDX-License-Identifier: Apache-2.0

/// Why a key cannot be used for signing.
public enum SigningKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text holds no private key in PEM, for this reason.
    case notAPrivateKey(String)
    /// The text holds a public key or a certificate.
    case publicKeyOnly
    /// The key is protected with a passphrase, which a daemon cannot type.
    case encrypted
    /// The key is of a kind that DKIM does not know, such as `EC`.
    case unsupportedKind(String)
    /// The RSA key has too few bits.
    case tooShort(bits: Int, minimum: Int)
    /// The RSA key has more bits than verifiers must accept (RFC 8301 §3.2).
    case tooLong(bits: Int, maximum: Int)
    /// The text cannot be a signing domain.
    case invalidDomain(String)
    /// The text cannot be a selector.
    case invalidSelector(String)
    /// No key could be made, for this reason.
    case notGenerated(String)
    /// The key signed a test message, but libopendkim does not verify it, for this reason.
    case notProven(String)

    /// What is wrong, for the operator.
    public var description: String {
        switch self {
        case .notAPrivateKey(let reason):
            "this is not a private key in PEM (\(reason))"
        case .publicKeyOnly:
            "this is a public key; signing needs the private one"
        case .encrypted:
            "the key is protected with a passphrase; write it without: openssl pkey -in KEY -out KEY.plain"
        case .unsupportedKind(let kind):
            "DKIM knows RSA and Ed25519 keys, not \(kind)"
        case .tooShort(let bits, let minimum):
            "the RSA key has \(bits) bits, at least \(minimum) are required"
        case .tooLong(let bits, let maximum):
            "the RSA key has \(bits) bits; verifiers need not accept more than \(maximum)"
        case .invalidDomain(let domain):
            "\"\(domain)\" is not a domain: letters, digits and hyphens between dots; other scripts as xn--"
        case .invalidSelector(let selector):
            "\"\(selector)\" is not a selector: letters, digits, hyphens and underscores between dots"
        case .notGenerated(let reason):
            "no key could be made: \(reason)"
        case .notProven(let reason):
            "a test message signed with the key does not verify: \(reason)"
        }
    }
}
