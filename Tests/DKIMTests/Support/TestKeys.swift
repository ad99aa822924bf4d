// SPDX-License-Identifier: Apache-2.0
import DKIM

/// Keys that many tests share, as making an RSA key takes a while.
struct TestKeys {
    let rsa: SigningKey
    let ed25519: SigningKey

    /// Both, as a site would use them.
    var both: [SigningKey] { [rsa, ed25519] }

    /// The records under which a verifier finds them.
    var source: KeySource { .records(both.map { KeyRecord(of: $0) }) }

    static func made() throws -> TestKeys {
        try shared.get()
    }

    private static let shared = Result {
        try TestKeys(
            rsa: SigningKey(domain: "castle.example", selector: "r1", generating: .rsa2048),
            ed25519: SigningKey(domain: "castle.example", selector: "e1", generating: .ed25519))
    }
}
