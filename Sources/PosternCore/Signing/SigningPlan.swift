// SPDX-License-Identifier: Apache-2.0

/// Who may sign for what: the one place that decides whether a message of ours is signed, and as whom.
public struct SigningPlan: Hashable, Sendable {
    /// A domain that we sign for, as the site configured it.
    public struct Domain: Hashable, Sendable {
        /// The signing domain (`d=`), lower-case.
        public var name: String
        /// Whether authors of its subdomains are signed by it too, which relaxed DMARC alignment accepts.
        public var coversSubdomains: Bool
        /// The logins that may write as this domain; empty means: all.
        public var logins: [LoginPattern]

        /// A domain as configured.
        public init(name: String, coversSubdomains: Bool = false, logins: [LoginPattern] = []) {
            self.name = name
            self.coversSubdomains = coversSubdomains
            self.logins = logins
        }
    }

    /// What is known of a message when its header has been read.
    public struct Facts: Hashable, Sendable {
        /// Whether it was submitted here: by login, from this host, or from a trusted network.
        public var isSubmitted: Bool
        /// The SASL login, if there was one.
        public var login: String?
        /// How many From fields the header has.
        public var authorFields: Int
        /// Whose domain the first of them names.
        public var author: AuthorDomain

        /// Facts as they were seen.
        public init(isSubmitted: Bool, login: String?, authorFields: Int, author: AuthorDomain) {
            self.isSubmitted = isSubmitted
            self.login = login
            self.authorFields = authorFields
            self.author = author
        }
    }

    private let domains: [String: Domain]

    /// A plan for these domains; of two with one name the last counts, which the configuration refuses.
    public init(domains: [Domain]) {
        self.domains = Dictionary(domains.map { ($0.name, $0) }) { $1 }
    }

    /// Whether the message is to be signed, and by which domain, or why not.
    public func decide(_ facts: Facts) -> SigningDecision {
        guard facts.isSubmitted else { return .leave(.notSubmitted) }
        guard facts.authorFields > 0 else { return .leave(.noAuthor) }
        guard facts.authorFields == 1 else { return .leave(.severalAuthorFields) }
        switch facts.author {
        case .several: return .leave(.severalAuthorDomains)
        case .internationalized: return .leave(.internationalizedDomain)
        case .unreadable: return .leave(.unreadableAuthor)
        case .one(let author):
            guard let domain = signer(of: author) else { return .leave(.foreignDomain) }
            if let login = facts.login, !domain.logins.isEmpty,
                !domain.logins.contains(where: { $0.matches(login) })
            {
                return .leave(.loginNotAllowed)
            }
            return .sign(domain: domain.name)
        }
    }

    /// The configured domain that signs for `author`: itself, else the nearest parent that covers subdomains.
    private func signer(of author: String) -> Domain? {
        if let domain = domains[author] { return domain }
        var rest = author[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if let domain = domains[String(rest)], domain.coversSubdomains { return domain }
        }
        return nil
    }
}

/// A login, or a pattern with one `*` that stands for any run of characters, such as `*@example.com`.
public struct LoginPattern: Hashable, Sendable {
    /// The pattern as configured.
    public let text: String
    private let prefix: String
    private let suffix: String?

    /// Reads a pattern; `nil` if it has more than one `*`.
    public init?(_ text: String) {
        let parts = text.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first else { return nil }
        self.text = text
        prefix = String(first)
        suffix = parts.count == 2 ? String(parts[1]) : nil
    }

    /// Whether `login` is meant.
    public func matches(_ login: String) -> Bool {
        guard let suffix else { return login == prefix }
        return login.utf8.count >= prefix.utf8.count + suffix.utf8.count && login.hasPrefix(prefix)
            && login.hasSuffix(suffix)
    }
}
