// SPDX-License-Identifier: Apache-2.0

/// The kinds of keys that can be made.
public enum SigningKeyKind: String, Sendable, Hashable, CaseIterable {
    /// RSA of 2,048 bits: what all receivers accept, and what RFC 8301 §3.2 asks for.
    case rsa2048 = "rsa-2048"
    /// RSA of 3,072 bits: each signature takes three times as long.
    case rsa3072 = "rsa-3072"
    /// RSA of 4,096 bits: the most that verifiers must accept (RFC 8301 §3.2); seven times as long.
    case rsa4096 = "rsa-4096"
    /// Ed25519: short and fast, but to be used beside an RSA key, as not all receivers know it.
    case ed25519

    /// The algorithm that a key of this kind signs by.
    public var algorithm: SigningAlgorithm {
        self == .ed25519 ? .ed25519SHA256 : .rsaSHA256
    }

    /// The length of the modulus in bits; `nil` if there is none to choose.
    var rsaBits: Int32? {
        switch self {
        case .rsa2048: 2048
        case .rsa3072: 3072
        case .rsa4096: 4096
        case .ed25519: nil
        }
    }
}
