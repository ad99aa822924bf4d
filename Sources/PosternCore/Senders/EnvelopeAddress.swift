// SPDX-License-Identifier: Apache-2.0

/// The two parts of an address in the envelope, folded for comparison.
struct EnvelopeAddress: Hashable, Sendable {
    /// Before the last `@`, in lower case and without quotes.
    let local: String
    /// After the last `@`, in lower case and without a final dot; `nil` where there is none.
    let domain: String?

    /// Takes an address apart, with or without angle brackets.
    init(_ address: String) {
        let bytes = address.utf8
        let isBracketed = bytes.first == UInt8(ascii: "<") && bytes.last == UInt8(ascii: ">") && bytes.count > 1
        // The domain rules apply to a login that is an address too; the parts are cut where those cut them.
        let folded = LoginFolding().fold(isBracketed ? String(address.dropFirst().dropLast()) : address)
        let at = folded.utf8.lastIndex(of: UInt8(ascii: "@"))
        local = String(folded[..<(at ?? folded.endIndex)])
        domain = at.map { String(folded[folded.utf8.index(after: $0)...]) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the mailbox is one that every domain keeps for complaints (RFC 2142 §2, §5).
    var isRole: Bool { local == "postmaster" || local == "abuse" }

    /// Whether the local part names a further route.
    var isRouted: Bool {
        local.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "@") }
    }
}
