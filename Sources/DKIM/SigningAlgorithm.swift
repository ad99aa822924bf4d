// SPDX-License-Identifier: Apache-2.0

/// What stands in `a=`: the kind of key and the hash that goes with it.
///
/// SHA-1 is not offered: signers must not use it (RFC 8301 §3.1).
public enum SigningAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// RSA by PKCS #1 v1.5; every verifier knows it (RFC 6376 §3.3.2).
    case rsaSHA256 = "rsa-sha256"
    /// Ed25519 over the SHA-256 of the header; not all verifiers know it (RFC 8463).
    case ed25519SHA256 = "ed25519-sha256"

    /// What stands in `k=` of the key's DNS record.
    public var keyType: String {
        switch self {
        case .rsaSHA256: "rsa"
        case .ed25519SHA256: "ed25519"
        }
    }
}
