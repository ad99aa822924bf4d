// SPDX-License-Identifier: Apache-2.0

/// `name=value` pairs between semicolons, as DKIM and DMARC have them (RFC 6376 §3.2, RFC 7489 §6.4).
struct TagList: Hashable {
    struct Tag: Hashable {
        var name: String
        var value: String
    }

    /// The pairs in order, names as they stand.
    let tags: [Tag]

    /// Reads a list; `nil` if it is none: a part without `=`, a name that is none or stands twice, bytes beyond ASCII.
    init?(_ text: [UInt8]) {
        guard text.allSatisfy({ 0x20...0x7E ~= $0 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return nil }
        var tags: [Tag] = []
        let parts = String(decoding: text, as: UTF8.self).split(separator: ";", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.allSatisfy(\.isWhitespace), index == parts.count - 1 { break }
            guard let equals = part.firstIndex(of: "=") else { return nil }
            let name = Self.trimmed(part[..<equals]), value = Self.trimmed(part[part.index(after: equals)...])
            guard name.first?.isLetterASCII == true,
                name.allSatisfy({ $0.isLetterASCII || $0.isDigitASCII || $0 == "_" }),
                !tags.contains(where: { $0.name == name })
            else { return nil }
            tags.append(Tag(name: name, value: value))
        }
        self.tags = tags
    }

    /// The value of a tag.
    subscript(name: String) -> String? { tags.first { $0.name == name }?.value }

    private static func trimmed(_ text: Substring) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}
