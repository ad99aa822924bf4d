// SPDX-License-Identifier: Apache-2.0

/// A name that can be asked for: letters, digits, hyphens and underscores in labels of at most 63 bytes, 253 in all
/// (RFC 1035 §2.3.4), in lower case, without a final dot.
///
/// Nothing else is put to the library, whose syntax knows escapes.
struct QueryName: Hashable, Sendable {
    let text: String

    init?(_ text: some StringProtocol) {
        var bytes = text.utf8.prefix(255).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard bytes.count <= 253 else { return nil }
        for label in bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard 1...63 ~= label.count, label.allSatisfy(Self.isAllowed) else { return nil }
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a byte, in lower case, may stand in a label.
    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
