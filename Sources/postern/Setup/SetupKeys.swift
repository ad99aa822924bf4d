// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import Glibc
internal import PosternServer
internal import Setup

/// Keys for domains that have none yet.
struct SetupKeys {
    static let directory = "/etc/postern/keys"
    /// Which keys a domain gets.
    private static let kinds: [(selector: String, kind: SigningKeyKind)] = [("s1", .rsa2048), ("e1", .ed25519)]

    /// The records of the keys that were made, for the domain's zone.
    private(set) var records: [String] = []

    /// The domain with its keys: those that lie there already, or new ones, which are written.
    mutating func domain(_ name: String) throws -> ConfigurationDraft.Domain {
        var keys: [ConfigurationDraft.Key] = []
        var made: [(file: String, key: SigningKey)] = []
        for (selector, kind) in Self.kinds {
            let file = "\(Self.directory)/\(name).\(selector).pem"
            keys.append(ConfigurationDraft.Key(selector: selector, file: file))
            if access(file, F_OK) == 0 { continue }
            let key = try SigningKey(domain: name, selector: selector, generating: kind)
            try key.prove()
            made.append((file, key))
        }
        try KeyStore.write(made, group: "postern")
        records += made.map(\.key.zoneFileRecord)
        return ConfigurationDraft.Domain(name: name, keys: keys)
    }
}
