// SPDX-License-Identifier: Apache-2.0

/// What a signing domain and a selector may look like (RFC 6376 §3.5: sub-domains of RFC 5321 §4.1.2).
enum DomainSyntax {
    /// A domain of two labels or more, of letters, digits and hyphens.
    static func isDomain(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2 && text.utf8.count <= 253 && labels.allSatisfy { isLabel($0, allowing: nil) }
    }

    /// A selector: one label or more; underscores are allowed, as DNS does and many sites do.
    static func isSelector(_ text: String, for domain: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return text.utf8.count + "._domainkey.".utf8.count + domain.utf8.count <= 253
            && labels.allSatisfy { isLabel($0, allowing: UInt8(ascii: "_")) }
    }

    private static func isLabel(_ label: Substring.UTF8View.SubSequence, allowing other: UInt8?) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return !label.isEmpty && label.count <= 63 && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { $0.isLetterOrDigit || $0 == hyphen || $0 == other }
    }
}
