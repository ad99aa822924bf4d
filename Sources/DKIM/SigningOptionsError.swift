// SPDX-License-Identifier: Apache-2.0

/// Why a site's choice of what to sign cannot be used.
public enum SigningOptionsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text cannot be the name of a header field (RFC 5322 §3.6.8), or would break the list in `h=`.
    case notAFieldName(String)
    /// The field is changed or added by every relay, so that a signature over it would not live.
    case mustNotBeSigned(String)
    /// The validity, in seconds, is not 1 to `SigningOptions.longestValidity`.
    case validityOutOfRange(Int64)

    /// What is wrong, for the operator.
    public var description: String {
        switch self {
        case .notAFieldName(let name):
            "\"\(name)\" is not the name of a header field"
        case .mustNotBeSigned(let name):
            "the field \(name) cannot be signed: relays change or add it"
        case .validityOutOfRange(let seconds):
            "a signature can be valid for 1 to \(SigningOptions.longestValidity) seconds, not \(seconds)"
        }
    }

    /// Fields that RFC 6376 §5.4.1 says not to sign, and the signature's own kind, of which each key adds one.
    private static let changing: Set<String> = ["return-path", "received", "dkim-signature", "authentication-results"]

    static func check(_ name: String) throws(SigningOptionsError) {
        let isName = name.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: ":") && byte != UInt8(ascii: ";")
        }
        // A longer name cannot stand on a line of its own.
        guard isName, !name.isEmpty, name.utf8.count <= 64 else { throw .notAFieldName(name) }
        guard !changing.contains(name.lowercased()) else { throw .mustNotBeSigned(name) }
    }
}
