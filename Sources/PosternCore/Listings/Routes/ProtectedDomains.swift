// SPDX-License-Identifier: Apache-2.0

/// Domains that never get a route of ours: the site's own, and those that the site routes itself.
///
/// Made from mydestination, virtual_alias_domains, virtual_mailbox_domains, relay_domains and the keys of the site's
/// transport table.
public struct ProtectedDomains: Hashable, Sendable {
    private var domains: Set<String> = []
    private var parents: Set<String> = []
    /// Whether all are: the site routes `*`, or a relay host carries all mail.
    public private(set) var areAll = false
    /// Whether the site has tables that cannot be listed: then a domain is protected until somebody asked for it.
    public var needsAsking = false
    private var answers: [String: Bool] = [:]

    /// The most answers that are kept; more than domains that a provider's can be.
    private static let mostAnswers = 50_000

    /// Keys as they stand in the tables: `example.com`, `.example.com` for what lies below it, `user@example.com`, `*`.
    ///
    /// A domain protects what lies below it as well, as Postfix by default lets relay_domains do; an address protects its
    /// whole domain, since a row of ours for the domain would be found before the site's row for a parent.
    public init(_ keys: some Sequence<String> = []) {
        for key in keys { add(key) }
    }

    /// Adds one key.
    public mutating func add(_ key: String) {
        if key == "*" { areAll = true }
        let name = key.lastIndex(of: "@").map { key[key.index(after: $0)...] } ?? key[...]
        if name.hasPrefix("."), let parent = RouteKey.domain(name.dropFirst()) {
            parents.insert(parent)
        } else if let domain = RouteKey.domain(name) {
            domains.insert(domain)
            parents.insert(domain)
        }
    }

    /// A table that cannot be listed was asked for a domain.
    public mutating func answered(_ domain: String, isProtected: Bool) {
        if answers.count >= Self.mostAnswers { answers.removeAll() }
        answers[domain] = isProtected
    }

    /// Whether a table that cannot be listed was asked for a domain.
    public func isAnswered(_ domain: String) -> Bool { answers[domain] != nil }

    /// Goes on with the answers that another has; they are those of tables that were not read anew.
    public mutating func takeAnswers(of other: ProtectedDomains) { answers = other.answers }

    /// Whether a domain, in lower case, must not get a route.
    public func contains(_ domain: String) -> Bool {
        if areAll || domains.contains(domain) { return true }
        if needsAsking, answers[domain] != false { return true }
        var rest = domain[...]
        while let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) {
            rest = rest[rest.utf8.index(after: dot)...]
            if parents.contains(String(rest)) { return true }
        }
        return false
    }
}
