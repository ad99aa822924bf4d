// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Records as a zone file has them (RFC 1035 §5.1), to be pasted.
enum ZoneRecord {
    /// The longest string of a TXT record, in bytes (RFC 1035 §3.3).
    private static let longestString = 255

    /// A TXT record; what is not printable ASCII becomes `\DDD`.
    static func text(_ name: String, _ text: String) -> String {
        let bytes = Array(text.utf8)
        let strings = stride(from: 0, to: bytes.count, by: longestString).map { start in
            "\"" + bytes[start..<min(start + longestString, bytes.count)].map(escaped).joined() + "\""
        }
        let value = strings.count > 1 ? "( \(strings.joined(separator: " ")) )" : strings.first ?? "\"\""
        return "\(name). IN TXT \(value)"
    }

    /// An A or AAAA record.
    static func address(_ name: String, _ address: ClientAddress) -> String {
        "\(name). IN \(address.family == .v4 ? "A" : "AAAA") \(address)"
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(Character(Unicode.Scalar(byte)))
        case 0x20...0x7E: String(Character(Unicode.Scalar(byte)))
        default: "\\" + String(String(1000 + Int(byte)).dropFirst())
        }
    }
}
