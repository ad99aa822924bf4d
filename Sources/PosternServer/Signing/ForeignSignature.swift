// SPDX-License-Identifier: Apache-2.0

/// Whose a DKIM-Signature field in a message says it is: the `d=` and `s=` tags (RFC 6376 §3.5).
///
/// Only asked to find our own earlier signature again; a malformed field is nobody's, and harms nothing.
struct ForeignSignature: Hashable {
    let domain: String
    let selector: String

    /// More than this no signature of ours has; the rest is not looked at.
    private static let longest = 4096

    init?(fieldValue bytes: UnsafeRawBufferPointer) {
        var domain: String?
        var selector: String?
        for tag in bytes.prefix(Self.longest).split(separator: UInt8(ascii: ";")) {
            let compact = tag.filter { $0 > 0x20 }
            guard compact.count > 2, compact[1] == UInt8(ascii: "=") else { continue }
            let value = String(decoding: compact[2...], as: UTF8.self).lowercased()
            switch compact[0] {
            case UInt8(ascii: "d"): domain = value
            case UInt8(ascii: "s"): selector = value
            default: break
            }
        }
        guard let domain, let selector else { return nil }
        self.domain = domain
        self.selector = selector
    }
}
