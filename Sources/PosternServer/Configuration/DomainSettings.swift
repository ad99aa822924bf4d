// SPDX-License-Identifier: Apache-2.0
public import DKIM
public import PosternCore
public import Settings

/// A domain that we sign for, with its keys read, checked and proven.
public struct DomainSettings: Sendable {
    /// Who may be signed for.
    public var plan: SigningPlan.Domain
    /// The keys, in the order of the file; every message is signed by each.
    public var keys: [Key]

    /// A key and where it came from.
    public struct Key: Sendable {
        /// The file.
        public var file: String
        /// The key in it.
        public var key: SigningKey
    }

    /// Reads one `[[domain]]`; a key file that cannot be used is a problem of its line.
    public init(_ section: Section, signing: SigningSettings) {
        let name = section.required(
            "name", .domainName, example: "example.com", help: "The author's domain, which is the signing domain (d=).")
        let coversSubdomains = section.value(
            "covers-subdomains", .flag, default: false,
            help: "Whether authors of its subdomains are signed by it too; DMARC's relaxed alignment accepts that.")
        let logins = section.value(
            "logins", .list(of: .loginPattern), default: [],
            help:
                "The logins that may write as this domain, each with at most one *, such as \"*@example.com\"; empty: all."
        )
        plan = SigningPlan.Domain(name: name, coversSubdomains: coversSubdomains, logins: logins)
        let keys = section.tables("keys", inline: true, help: "The keys; every message is signed by each of them.") {
            Self.key($0, domain: name, signing: signing)
        }
        self.keys = keys.compactMap { $0 }
        if !section.isDescribing { Self.check(keys, in: section) }
    }

    private static func key(_ section: Section, domain: String, signing: SigningSettings) -> Key? {
        let selector = section.required(
            "selector", .domainLabelPath, example: "s1",
            help: "The selector (s=): SELECTOR._domainkey.DOMAIN is looked up.")
        let file = section.required(
            "file", .absolutePath, example: "/etc/postern/keys/example.com.s1.pem",
            help: "The private key, PEM, readable by its owner and key-group only; owned by root or the daemon's user.")
        guard !section.isDescribing else { return nil }
        do {
            let bytes = try KeyFile.read(file, readableBy: signing.keyGroup)
            let key = try SigningKey(
                domain: domain, selector: selector, pem: bytes, minimumBits: signing.minimumRSABits)
            try key.prove()
            return Key(file: file, key: key)
        } catch let refusal as KeyFile.Refusal {
            section.complain("\(quoted(file)) \(refusal.complaint)", advice: refusal.advice, at: "file")
        } catch {
            section.complain("\(quoted(file)): \(error)", at: "file")
        }
        return nil
    }

    private static func check(_ keys: [Key?], in section: Section) {
        if keys.isEmpty {
            section.complain("has no keys", advice: "make them with: postern dkim new DOMAIN", at: "keys")
        }
        let selectors = keys.compactMap { $0?.key.selector }
        let repeated = selectors.filter { selector in selectors.count { $0 == selector } > 1 }
        if let selector = repeated.first {
            section.complain(
                "selector \(quoted(selector)) stands twice", advice: "each key needs a selector of its own", at: "keys")
        }
    }
}
