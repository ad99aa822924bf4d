// SPDX-License-Identifier: Apache-2.0

/// A list of domains as main.cf has it: names, tables and files (postconf(5), `mydestination`).
struct DomainList: Hashable {
    /// Domains that stand in the list itself.
    private(set) var names: [String] = []
    /// Tables whose keys are domains.
    private(set) var tables: [TableName] = []
    /// Files of further lists.
    private(set) var files: [String] = []

    /// Reads a parameter's value.
    ///
    /// What is excepted with `!` is taken as if it were not: one domain too many is spared, never one too few.
    init(_ text: String) {
        for word in Self.words(of: text) { add(word) }
    }

    private mutating func add(_ word: String) {
        let item = word.drop { $0 == "!" }
        if item.isEmpty { return }
        if item.hasPrefix("/") {
            files.append(String(item))
        } else if !item.hasPrefix("["), let table = TableName(item) {
            tables.append(table)
        } else {
            names.append(item.lowercased())
        }
    }

    /// The words of a value, between commas and blanks; what braces hold is of one word.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var depth = 0
        for character in text {
            if depth == 0, character == "," || character.isWhitespace {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            if character == "{" { depth += 1 }
            if character == "}" { depth = max(0, depth - 1) }
            word.append(character)
        }
        return word.isEmpty ? words : words + [word]
    }
}
