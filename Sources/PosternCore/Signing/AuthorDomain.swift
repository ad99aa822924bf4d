// SPDX-License-Identifier: Apache-2.0

/// Whose domain a From field names, as far as a signer may rely on it (RFC 5322 §3.6.2, RFC 7489 §6.6.1).
///
/// A receiver shows and checks the author's domain; so a signature of ours must never stand under a field that two
/// readers could read differently. What is not plainly one domain is no domain.
public enum AuthorDomain: Hashable, Sendable {
    /// Every mailbox of the field is of this domain; lower-case, without a trailing dot.
    case one(String)
    /// The field names mailboxes of different domains.
    case several
    /// The domain is written in letters beyond ASCII (RFC 6532), so its DNS name is not at hand.
    case internationalized
    /// No mailbox, broken syntax, an address literal, or a form that readers take differently.
    case unreadable

    /// Reads the value of a From field: a mailbox list, possibly with names, comments, groups and folding.
    public init(fieldValue bytes: some Sequence<UInt8>) {
        var scanner = MailboxListScanner()
        for byte in bytes { scanner.take(byte) }
        self = scanner.finish()
    }
}

/// Walks once over a mailbox list and keeps only what may become a domain.
private struct MailboxListScanner {
    private enum Place {
        case plain
        case quoted
        case escapedInQuotes
        case comment(depth: Int)
        case escapedInComment(depth: Int)
    }

    /// A domain name has at most 253 bytes (RFC 1035 §2.3.4); a little more is kept to see that it is too long.
    private static let longestDomain = 256

    private var place = Place.plain
    private var domain: [UInt8] = []
    private var hasAt = false
    private var localPartIsEmpty = true
    private var domainHasEnded = false
    private var addressIsBroken = false
    private var inAngle = false
    private var angleSeen = false
    private var anythingSeen = false
    private var fieldIsBroken = false
    private var found: AuthorDomain?

    mutating func take(_ byte: UInt8) {
        switch place {
        case .plain: plain(byte)
        case .quoted:
            if byte == UInt8(ascii: "\"") { place = .plain }
            if byte == UInt8(ascii: "\\") { place = .escapedInQuotes }
        case .escapedInQuotes: place = .quoted
        case .comment(let depth):
            switch byte {
            case UInt8(ascii: "("): place = .comment(depth: depth + 1)
            case UInt8(ascii: ")"): place = depth > 1 ? .comment(depth: depth - 1) : .plain
            case UInt8(ascii: "\\"): place = .escapedInComment(depth: depth)
            default: break
            }
        case .escapedInComment(let depth): place = .comment(depth: depth)
        }
    }

    private mutating func plain(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            if !domain.isEmpty { domainHasEnded = true }
        case UInt8(ascii: "("): place = .comment(depth: 1)
        case UInt8(ascii: "\""): quotedString()
        case UInt8(ascii: "<"): openAngle()
        case UInt8(ascii: ">"): closeAngle()
        case UInt8(ascii: ","): inAngle ? restartAddress() : endMailbox()
        case UInt8(ascii: ";"): endMailbox()
        case UInt8(ascii: ":"): inAngle ? restartAddress() : startGroup()
        case UInt8(ascii: "@"): at()
        default: letter(byte)
        }
    }

    private mutating func quotedString() {
        place = .quoted
        anythingSeen = true
        localPartIsEmpty = false
        if hasAt { addressIsBroken = true }
        if angleSeen && !inAngle { fieldIsBroken = true }
    }

    private mutating func openAngle() {
        if angleSeen { fieldIsBroken = true }
        inAngle = true
        angleSeen = true
        anythingSeen = true
        restartAddress()
    }

    private mutating func closeAngle() {
        if !inAngle { fieldIsBroken = true }
        inAngle = false
    }

    /// What was taken for an address was a display name, or the route of an obsolete `<@relay:user@domain>`.
    private mutating func restartAddress() {
        domain.removeAll(keepingCapacity: true)
        hasAt = false
        domainHasEnded = false
        addressIsBroken = false
        localPartIsEmpty = true
    }

    private mutating func startGroup() {
        restartAddress()
        anythingSeen = false
    }

    private mutating func at() {
        anythingSeen = true
        if angleSeen && !inAngle { fieldIsBroken = true }
        // Which of two bare @ counts is what readers quarrel about.
        if hasAt { addressIsBroken = true }
        hasAt = true
    }

    private mutating func letter(_ byte: UInt8) {
        anythingSeen = true
        guard inAngle || !angleSeen else { return fieldIsBroken = true }
        guard hasAt else { return localPartIsEmpty = false }
        if domainHasEnded { addressIsBroken = true }
        if domain.count < Self.longestDomain { domain.append(byte) }
    }

    private mutating func endMailbox() {
        defer {
            restartAddress()
            inAngle = false
            angleSeen = false
            anythingSeen = false
        }
        if inAngle { fieldIsBroken = true }
        // An empty element of a list is allowed (RFC 5322 §4.4, obsolete form).
        guard anythingSeen else { return }
        let mailbox = localPartIsEmpty || addressIsBroken ? .unreadable : Self.read(domain)
        found = found.map { $0 == mailbox ? mailbox : Self.both($0, mailbox) } ?? mailbox
    }

    private static func both(_ first: AuthorDomain, _ second: AuthorDomain) -> AuthorDomain {
        first == .unreadable || second == .unreadable ? .unreadable : .several
    }

    /// Letters, digits, hyphens in labels of 1…63 bytes, at least two labels; anything else is not for DNS.
    private static func read(_ domain: [UInt8]) -> AuthorDomain {
        guard domain.count <= 253 else { return .unreadable }
        if domain.contains(where: { $0 >= 0x80 }) { return .internationalized }
        var name: [UInt8] = []
        var labelLength = 0
        var labels = 1
        for byte in domain {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                name.append(byte | 0x20)
                labelLength += 1
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                name.append(byte)
                labelLength += 1
            case UInt8(ascii: ".") where labelLength > 0:
                name.append(byte)
                labelLength = 0
                labels += 1
            default: return .unreadable
            }
            guard labelLength <= 63 else { return .unreadable }
        }
        guard labelLength > 0, labels > 1 else { return .unreadable }
        return .one(String(decoding: name, as: UTF8.self))
    }

    mutating func finish() -> AuthorDomain {
        if case .plain = place {} else { fieldIsBroken = true }
        endMailbox()
        return fieldIsBroken ? .unreadable : found ?? .unreadable
    }
}
