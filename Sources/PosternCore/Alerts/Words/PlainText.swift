// SPDX-License-Identifier: Apache-2.0

/// Text of others, made fit for a mail to people: it stays text.
enum PlainText {
    /// Lines of a letter have fewer than 78 characters (RFC 5322 §2.1.1).
    static let width = 76

    /// One line without anything that a terminal, a mail header or a reader of right-to-left text would obey.
    static func oneLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isHarmless(scalar) ? scalar : "?") }
        return String(result)
    }

    /// The same in ASCII, for a header field.
    static func ascii(_ text: String, longest: Int) -> String {
        String(text.unicodeScalars.prefix(longest).map { 0x20...0x7E ~= $0.value ? Character($0) : "?" })
    }

    /// As one word for a shell, quoted where it must be.
    static func shellWord(_ text: String) -> String {
        let line = oneLine(text)
        let isPlain =
            !line.isEmpty && !line.hasPrefix("-")
            && line.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: ":"),
                    UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: ","):
                    true
                default: false
                }
            }
        guard !isPlain else { return line }
        // The quote is closed, an escaped one set, and it is opened again.
        return "'" + line.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Breaks text into lines, at blanks where it can be; the first begins with `first`, the others with `rest`.
    static func wrapped(_ text: String, first: String = "", rest: String = "") -> [String] {
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in oneLine(text).split(separator: " ") {
            var word = word
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                (line, isEmpty) = (rest, true)
            }
            if !isEmpty { line += " " }
            while line.count + word.count > width {
                let room = max(1, width - line.count)
                lines.append(line + word.prefix(room))
                word = word.dropFirst(room)
                line = rest
            }
            line += word
            isEmpty = false
        }
        lines.append(line)
        return lines
    }

    /// No control character, and none that changes the direction or the breaking of lines unseen.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        // A letter may wear any number of marks: they would climb over other lines.
        case .nonspacingMark, .enclosingMark: false
        default: true
        }
    }
}
