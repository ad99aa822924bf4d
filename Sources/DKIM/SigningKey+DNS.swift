// SPDX-License-Identifier: Apache-2.0

extension SigningKey {
    /// The longest piece of a TXT record, in bytes (RFC 1035 §3.3).
    private static let longestString = 255

    /// The name under which the public key is published (RFC 6376 §3.6.2.1), without the dot at the end.
    public var dnsName: String {
        "\(selector)._domainkey.\(domain)"
    }

    /// The record as it is written in a zone file, in strings of 255 bytes at most, which verifiers join.
    public var zoneFileRecord: String {
        var rest = Substring(dnsRecord)
        var strings: [String] = []
        while !rest.isEmpty {
            strings.append("\"\(rest.prefix(Self.longestString))\"")
            rest = rest.dropFirst(Self.longestString)
        }
        return "\(dnsName). IN TXT ( \(strings.joined(separator: "\n\t")) )"
    }
}
