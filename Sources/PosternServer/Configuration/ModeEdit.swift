// SPDX-License-Identifier: Apache-2.0

/// Changes one mode in the text of a configuration file and leaves all else as its author wrote it.
public enum ModeEdit {
    /// `text` with another mode for a part (`limits`, `listings`, `signing`).
    ///
    /// The value is changed where the key stands; where it does not, it is added to `[modes]`, or the table is added at
    /// the end. A file that says it in another way, such as an inline table, is not understood: read the result.
    public static func text(_ text: String, setting part: String, to mode: Mode) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let value = "\(part) = \"\(mode.rawValue)\""
        guard let header = lines.firstIndex(where: { Self.name(ofTable: $0) == "modes" }) else {
            let gap = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
            return text + gap + "\n[modes]\n" + value + "\n"
        }
        let end = lines[(header + 1)...].firstIndex { Self.name(ofTable: $0) != nil } ?? lines.endIndex
        if let place = lines[(header + 1)..<end].firstIndex(where: { Self.key(of: $0) == part }) {
            let line = lines[place]
            let indent = line.prefix { $0 == " " || $0 == "\t" }
            lines[place] = indent + value + Self.comment(of: line)
        } else {
            lines.insert(value, at: header + 1)
        }
        return lines.joined(separator: "\n")
    }

    /// The name in `[name]` or `[[name]]`; `nil` for any other line.
    private static func name(ofTable line: String) -> String? {
        let text = trimmed(line)
        guard text.first == "[", let end = text.firstIndex(of: "]") else { return nil }
        return trimmed(text[..<end].drop { $0 == "[" })
    }

    private static func key(of line: String) -> String? {
        guard let sign = line.firstIndex(of: "=") else { return nil }
        return trimmed(line[..<sign])
    }

    /// The comment at a line's end with the blanks before it; modes are quoted words, in which no `#` can stand.
    private static func comment(of line: String) -> String {
        guard let mark = line.firstIndex(of: "#") else { return "" }
        let blanks = line[..<mark].reversed().prefix { $0 == " " || $0 == "\t" }
        return String(blanks.reversed()) + line[mark...]
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
