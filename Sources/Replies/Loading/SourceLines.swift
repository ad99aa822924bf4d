// SPDX-License-Identifier: Apache-2.0

/// The lines of a TOML file, to find where a table or key stands: the parser does not tell.
struct SourceLines {
    /// The file's path.
    let file: String
    private let lines: [Substring]

    /// The lines of `text`, which was read from `file`.
    init(_ text: String, of file: String) {
        self.file = file
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// All lines, from 1.
    var all: Range<Int> { 1..<lines.count + 1 }

    /// The lines of each of the `count` tables that begin with `[[name]]` within `range`.
    ///
    /// One ends before the next table that is not its own. Tables written inline share the range.
    func ranges(ofTablesNamed name: String, in range: Range<Int>, count: Int) -> [Range<Int>] {
        let starts = range.filter { trimmed($0) == "[[\(name)]]" }
        guard starts.count == count else { return Array(repeating: range, count: count) }
        return starts.map { start in
            let end = range.first { line in
                let text = trimmed(line)
                return line > start && text.hasPrefix("[[") && text.hasSuffix("]]") && !text.hasPrefix("[[\(name).")
            }
            return start..<(end ?? range.upperBound)
        }
    }

    /// The line within `range` at which `key` is given a value.
    func line(ofKey key: String, in range: Range<Int>) -> Int? {
        range.first { line in
            let text = trimmed(line)
            guard text.hasPrefix(key) else { return false }
            return text.dropFirst(key.count).drop { $0 == " " || $0 == "\t" }.hasPrefix("=")
        }
    }

    private func trimmed(_ line: Int) -> Substring {
        guard lines.indices.contains(line - 1) else { return "" }
        var text = lines[line - 1].drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
        return text
    }
}
