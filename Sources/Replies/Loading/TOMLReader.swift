// SPDX-License-Identifier: Apache-2.0
internal import TOMLKit

/// Reads the values of one TOML table strictly: what is missing, of the wrong type or unknown becomes a problem with its line.
///
/// A reader of our own because TOMLKit's decoder reports a value of the wrong type as a missing key, and neither with a line.
struct TOMLReader {
    private let table: TOMLTable
    private let lines: SourceLines
    private let range: Range<Int>
    private var known: Set<String> = []
    /// What was found wrong so far.
    private(set) var problems: [RuleProblem] = []

    /// A reader of a table that stands in the lines `range` (from 1) of a file.
    init(_ table: TOMLTable, in lines: SourceLines, at range: Range<Int>) {
        self.table = table
        self.lines = lines
        self.range = range
    }

    /// Where the table begins.
    var line: Int { range.lowerBound }

    /// Whether the key is there, whatever its value.
    func has(_ key: String) -> Bool { table[key] != nil }

    /// A text; `nil` if the key is absent.
    mutating func string(_ key: String) -> String? {
        value(key, "a text") { $0.string }
    }

    /// A text that must be there.
    mutating func requiredString(_ key: String) -> String? {
        guard let text = string(key) else {
            if !has(key) { complain(nil, "\"\(key)\" is missing") }
            return nil
        }
        guard !text.isEmpty else {
            complain(key, "\"\(key)\" is empty")
            return nil
        }
        return text
    }

    /// True or false; `nil` if the key is absent.
    mutating func bool(_ key: String) -> Bool? {
        value(key, "true or false") { $0.bool }
    }

    /// A whole number; `nil` if the key is absent.
    mutating func int(_ key: String) -> Int? {
        value(key, "a whole number") { $0.int }
    }

    /// A list of texts; empty if the key is absent.
    mutating func strings(_ key: String) -> [String] {
        value(key, "a list of texts") { value in
            guard let array = value.array else { return nil }
            let texts = array.compactMap(\.string)
            return texts.count == array.count ? texts : nil
        } ?? []
    }

    /// One text or a list of texts; empty if the key is absent.
    mutating func stringOrStrings(_ key: String) -> [String] {
        if let single = table[key]?.string {
            known.insert(key)
            return [single]
        }
        return strings(key)
    }

    /// A word of a closed list; `nil` if the key is absent or the word is not of the list.
    mutating func word<Word: RawRepresentable & CaseIterable>(_ key: String) -> Word? where Word.RawValue == String {
        guard let text = string(key) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        complain(key, "\"\(text)\" is no \(key)" + Spelling.suggestion(for: text, among: words))
        return nil
    }

    /// The tables of an array of tables, each with its reader; `header` finds their lines.
    mutating func tables(_ key: String, under header: String) -> [TOMLReader] {
        let tables = value(key, "a list of tables") { value in
            guard let array = value.array else { return nil as [TOMLTable]? }
            let tables = array.compactMap(\.table)
            return tables.count == array.count ? tables : nil
        }
        guard let tables else { return [] }
        let ranges = lines.ranges(ofTablesNamed: header, in: range, count: tables.count)
        return zip(tables, ranges).map { TOMLReader($0, in: lines, at: $1) }
    }

    /// Notes something wrong with the value of `key`, or with the whole table.
    mutating func complain(_ key: String?, _ text: String) {
        let line = key.flatMap { lines.line(ofKey: $0, in: range) } ?? range.lowerBound
        problems.append(RuleProblem(file: lines.file, line: line, text: text))
    }

    /// Takes over what a reader of an inner table found.
    mutating func take(_ found: [RuleProblem]) {
        problems += found
    }

    /// Notes every key that nobody has asked for; to be called last.
    mutating func refuseUnknownKeys() {
        for key in table.keys.sorted() where !known.contains(key) {
            complain(key, "unknown key \"\(key)\"" + Spelling.suggestion(for: key, among: known.sorted()))
        }
    }

    private mutating func value<Value>(
        _ key: String, _ type: String, _ convert: (any TOMLValueConvertible) -> Value?
    ) -> Value? {
        known.insert(key)
        guard let raw = table[key] else { return nil }
        if let value = convert(raw) { return value }
        complain(key, "\"\(key)\" must be \(type)")
        return nil
    }
}
