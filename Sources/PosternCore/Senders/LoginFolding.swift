// SPDX-License-Identifier: Apache-2.0

/// When two SASL logins are the same account.
///
/// A login is a name that an authenticator accepted, not an address. Two spellings are one account only where
/// authenticators are known to take them for one: letter case, blanks around the name (SQL's padded comparison), the
/// dot at the end of a domain, quotes that quote nothing, and the two Unicode forms of one letter (RFC 8265 §3.3).
/// None of these can tell two accounts apart, so folding them merges nobody with a stranger.
///
/// A tag is left alone by default: Dovecot refuses `+` in names unless told otherwise (`auth_username_chars`), and some
/// hosts use it as the `@` of their logins; where `alice+x` could log in, it is an account of its own. A site whose
/// authenticator ignores tags must say so, or its users have as many limits as they can think of tags.
public struct LoginFolding: Hashable, Sendable {
    /// Whether `Alice` and `alice` are one; on unless the authenticator tells them apart.
    public var foldsCase: Bool
    /// The characters at which a tag begins in the local part of `user+tag@domain`.
    ///
    /// None by default: a tag is part of the name.
    public var tagDelimiters: Set<Character>
    /// The realm of a login that names none, where `alice` and `alice@example.com` are one account (`smtpd_sasl_local_domain`).
    public var defaultRealm: String?

    /// The rules of one site's authenticator.
    public init(foldsCase: Bool = true, tagDelimiters: Set<Character> = [], defaultRealm: String? = nil) {
        self.foldsCase = foldsCase
        self.tagDelimiters = tagDelimiters
        self.defaultRealm = defaultRealm
    }

    /// The one spelling of an account.
    public func fold(_ login: String) -> String {
        guard !isPlain(login) else { return login }
        var name = Substring(login)
        while let first = name.first, first == " " || first == "\t" { name.removeFirst() }
        while let last = name.last, last == " " || last == "\t" { name.removeLast() }
        // By bytes: to a Character, a mark behind the sign, or before it, would make another one of it.
        let at = name.utf8.lastIndex(of: UInt8(ascii: "@"))
        guard var domain = at.map({ name[name.utf8.index(after: $0)...] }) ?? defaultRealm.map({ $0[...] }) else {
            return canonical(unquoted(name))
        }
        while let last = domain.last, last == "." || last == " " || last == "\t" { domain.removeLast() }
        let local = untagged(unquoted(name[..<(at ?? name.endIndex)]))
        // Of "alice"+news the quotes are free only now.
        return canonical(unquoted(local[...]) + "@" + domain)
    }

    /// Whether a login has nothing to fold, as nearly all have: told by its bytes, for each message asks.
    private func isPlain(_ login: String) -> Bool {
        guard tagDelimiters.isEmpty else { return false }
        var hasRealm = defaultRealm == nil
        var last: UInt8 = 0
        for byte in login.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "."):
                break
            case UInt8(ascii: "@"): hasRealm = true
            default: return false
            }
            last = byte
        }
        return hasRealm && last != UInt8(ascii: ".")
    }

    /// `"alice"` means `alice` (RFC 5321 §4.1.2); quotes that are needed stay.
    private func unquoted(_ local: Substring) -> String {
        guard local.utf8.count > 2, local.first == "\"", local.last == "\"" else { return String(local) }
        var content = ""
        var isEscaped = false
        for character in local.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                guard !"\"\\ \t@,:;<>()[]".contains(character) else { return String(local) }
                content.append(character)
                isEscaped = false
            }
        }
        return isEscaped ? String(local) : content
    }

    private func untagged(_ local: String) -> String {
        guard let tag = local.firstIndex(where: tagDelimiters.contains), tag != local.startIndex else { return local }
        return String(local[..<tag])
    }

    private func canonical(_ text: String) -> String {
        let cased = foldsCase ? text.lowercased() : text
        guard !cased.utf8.allSatisfy({ $0 < 0x80 }) else { return cased }
        // The standard library has no better name for Unicode's normalization form C, by which it compares strings.
        return String(decoding: cased._nfcCodeUnits, as: UTF8.self)
    }
}
