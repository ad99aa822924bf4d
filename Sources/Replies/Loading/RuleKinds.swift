// SPDX-License-Identifier: Apache-2.0
internal import Settings

// The kinds of values that only rules have.

extension Kind where Value == String {
    /// A text to be found in a reply without regard to case: it is written in lower case.
    static var phrase: Kind {
        .parsed("a text in lower case") { text in
            guard !text.isEmpty else { return .refused("is empty") }
            let hasCapital = text.utf8.contains { $0 >= 0x41 && $0 <= 0x5A }
            return hasCapital ? .refused("\(quoted(text)) is not in lower case") : .value(text)
        } print: {
            $0
        }
    }
}

extension Kind where Value == [String] {
    /// A regular expression, or several of which any may match.
    static var patterns: Kind {
        Kind("a pattern or an array of patterns") { node in
            let found: [String]?
            if case .string(let single) = node { found = [single] } else { found = texts(in: node) }
            guard let found else { return .wrongType }
            return found.contains("") ? .refused("holds an empty pattern") : .value(found)
        } write: {
            "[" + $0.map(quoted).joined(separator: ", ") + "]"
        }
    }
}

extension Kind where Value == ReplyCodes {
    /// An array of SMTP codes.
    static var replyCodes: Kind {
        collected("an array of SMTP codes such as \"550\" or \"5xx\"", into: ReplyCodes()) { $0.insert($1) }
    }
}

extension Kind where Value == StatusRanges {
    /// An array of enhanced status codes.
    static var statusRanges: Kind {
        collected("an array of status codes such as \"5.7.1\" or \"5.7.606-649\"", into: StatusRanges()) {
            $0.insert($1)
        }
    }
}

extension Kind where Value: Sendable {
    /// An array of texts, each of which `insert` takes into a set or refuses; as a default it is always empty.
    fileprivate static func collected(
        _ wanted: String, into empty: Value, insert: @escaping @Sendable (inout Value, String) -> Bool
    ) -> Kind {
        Kind(wanted) { node in
            guard let texts = texts(in: node) else { return .wrongType }
            var value = empty
            for text in texts where !insert(&value, text) {
                return .refused("\(quoted(text)) is none; it takes \(wanted)")
            }
            return .value(value)
        } write: { _ in
            "[]"
        }
    }
}

/// The texts of an array that holds nothing else.
private func texts(in node: Node) -> [String]? {
    guard case .array(let nodes) = node else { return nil }
    let texts = nodes.compactMap { node in
        if case .string(let text) = node { text } else { nil as String? }
    }
    return texts.count == nodes.count ? texts : nil
}
