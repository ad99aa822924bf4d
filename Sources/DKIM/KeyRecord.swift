// SPDX-License-Identifier: Apache-2.0

/// A public key as it would be published.
public struct KeyRecord: Sendable, Hashable {
    /// The selector.
    public let selector: String
    /// The signing domain.
    public let domain: String
    /// The text of the TXT record, its strings joined, such as `v=DKIM1; k=rsa; p=…`.
    public let text: String

    /// A record from its parts.
    public init(selector: String, domain: String, text: String) {
        self.selector = selector
        self.domain = domain
        self.text = text
    }

    /// The record that belongs to a signing key.
    public init(of key: SigningKey) {
        self.init(selector: key.selector, domain: key.domain, text: key.dnsRecord)
    }
}
