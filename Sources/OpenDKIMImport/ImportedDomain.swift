// SPDX-License-Identifier: Apache-2.0

/// A domain as our configuration has it.
public struct ImportedDomain: Hashable, Sendable {
    /// The author's domain, which is the signing domain.
    public var name: String
    /// Whether authors of its subdomains are signed by it too.
    public var coversSubdomains: Bool
    /// Selector and file of each key.
    public var keys: [ImportedKey]

    /// A domain of its parts.
    public init(name: String, coversSubdomains: Bool, keys: [ImportedKey]) {
        self.name = name
        self.coversSubdomains = coversSubdomains
        self.keys = keys
    }
}
