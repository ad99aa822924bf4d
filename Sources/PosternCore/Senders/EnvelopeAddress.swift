// SPDX-License-Identifier: Apache-2.0

/// The two parts of an address in the envelope, folded for comparison.
struct EnvelopeAddress: Hashable, Sendable {
    /// Before the last `@`, in lower case and without quotes.
    let local: String
    /// After the last `@`, in lower case and without a final dot; `nil` where there is none.
    let domain: String?

    /// Takes an address apart, with or without angle brackets.
    init(_ address: String) {
        var text = Substring(address)
        if text.first == "<", text.last == ">" { text = text.dropFirst().dropLast() }
        // The domain rules apply to a login that is an address too; the parts are cut where those cut them.
        let folded = LoginFolding().fold(String(text))
        let at = folded.lastIndex(of: "@")
        local = String(folded[..<(at ?? folded.endIndex)])
        domain = at.map { String(folded[folded.index(after: $0)...]) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the mailbox is one that every domain keeps for complaints (RFC 2142 §2, §5).
    var isRole: Bool { local == "postmaster" || local == "abuse" }

    /// Whether the local part names a further route.
    var isRouted: Bool {
        local.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "@") }
    }
}
