// SPDX-License-Identifier: Apache-2.0

/// The forms in which Postfix asks its tables: lower case, no final dot.
public enum RouteKey {
    /// The domain of an address, as a key; `nil` for an address that can be none.
    public static func domain(ofAddress text: String) -> String? { address(text)?.domain }

    /// A domain as a key; `nil` if it cannot be one.
    static func domain(_ text: some StringProtocol) -> String? {
        var name = text.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        guard 1...253 ~= name.utf8.count, name != "*", !name.hasPrefix("."), !name.utf8.contains(UInt8(ascii: "@")),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return nil }
        return name
    }

    /// An address as a key, its extension included, and its domain; `nil` if it cannot be one.
    static func address(_ text: String) -> (key: String, domain: String)? {
        guard let at = text.lastIndex(of: "@"), at > text.startIndex,
            let domain = domain(text[text.index(after: at)...])
        else { return nil }
        let local = text[..<at].lowercased()
        // RFC 5321 §4.5.3.1.1 allows 64 bytes; Postfix takes longer ones, and so do we, within bounds.
        guard local.utf8.count <= 512, local.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return ("\(local)@\(domain)", domain)
    }
}
