// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Which provider a host belongs to, by its name, and which one a recipient's domain hints at.
public struct ProviderTable: Sendable {
    private var providerOfSuffix: [String: Provider] = [:]
    private var providerOfDomain: [String: Provider] = [:]
    private var titles: [Provider: String] = [:]

    /// The providers that have a host suffix here.
    public var providers: Set<Provider> { Set(providerOfSuffix.values) }

    /// What people call a provider, such as `Microsoft`; its name where there is nothing else.
    public func title(of provider: Provider) -> String { titles[provider] ?? provider.name }

    /// An empty table.
    public init() {}

    /// The provider of the host that gave a reply.
    ///
    /// A suffix matches only whole labels, so that neither `notoutlook.com` nor `outlook.com.evil.example` is Microsoft;
    /// the longest suffix wins. Letter case and a trailing dot do not matter.
    /// - Returns: `nil` for a host of nobody in the table, and for an address.
    public func provider(ofHost host: String) -> Provider? {
        longestMatch(of: host, in: providerOfSuffix)
    }

    /// The provider that a recipient's domain usually belongs to: a hint, the MX host tells the truth.
    public func hint(forRecipientDomain domain: String) -> Provider? {
        providerOfDomain[Self.folded(domain)]
    }

    /// The host suffixes of a provider, sorted, without a leading dot.
    public func suffixes(of provider: Provider) -> [String] {
        providerOfSuffix.filter { $0.value == provider }.keys.sorted()
    }

    /// All recipient domains that hint at a provider, with it.
    public var hints: [String: Provider] { providerOfDomain }

    /// Adds a host suffix; the first provider to name it keeps it, so that a site's table goes before ours.
    mutating func add(suffix: String, of provider: Provider) {
        let key = Self.folded(suffix.hasPrefix(".") ? String(suffix.dropFirst()) : suffix)
        if providerOfSuffix[key] == nil { providerOfSuffix[key] = provider }
    }

    /// Adds a recipient domain; the first provider to name it keeps it.
    mutating func add(domain: String, of provider: Provider) {
        let key = Self.folded(domain)
        if providerOfDomain[key] == nil { providerOfDomain[key] = provider }
    }

    /// Adds what people call a provider; the first to say it is right.
    mutating func add(title: String, of provider: Provider) {
        if titles[provider] == nil { titles[provider] = title }
    }

    private func longestMatch(of host: String, in table: [String: Provider]) -> Provider? {
        var rest = Self.folded(host)[...]
        // DNS allows 127 labels; whoever writes more has no provider.
        for _ in 0..<127 {
            if let provider = table[String(rest)] { return provider }
            guard let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
            rest = rest[rest.utf8.index(after: dot)...]
        }
        return nil
    }

    /// ASCII letters in lower case, without a trailing dot.
    ///
    /// Host names in a log are A-labels, so other letters are left alone: a look-alike in another script must not become a
    /// name in this table.
    private static func folded(_ name: String) -> String {
        var bytes = name.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
