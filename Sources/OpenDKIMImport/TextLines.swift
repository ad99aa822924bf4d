// SPDX-License-Identifier: Apache-2.0

/// The lines of a text with their numbers, from 1.
struct TextLines: Sequence {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func makeIterator() -> AnyIterator<(number: Int, line: Substring)> {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
        var number = 0
        return AnyIterator {
            guard let line = lines.popFirst() else { return nil }
            number += 1
            return (number, line)
        }
    }

    /// The first word, and the rest without blanks around it, which may be empty; `nil` for a blank line.
    static func keyAndValue(_ line: some StringProtocol) -> (key: String, value: String)? {
        let line = trimmed(line)
        guard !line.isEmpty else { return nil }
        let key = line.prefix { !$0.isWhitespace }
        return (String(key), trimmed(line.dropFirst(key.count)))
    }

    /// Without blanks at either end.
    static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text).drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
