// SPDX-License-Identifier: Apache-2.0
internal import Settings

/// Puts another key in a key's place in the text of a configuration file and leaves all else as its author wrote it.
public enum KeyEdit {
    /// `text` with the new selectors and files of a domain where the old ones stood.
    ///
    /// A file that says it in another way, such as a domain in an inline table, is not understood. Whoever uses the result
    /// reads it first, and looks whether it says what was meant.
    /// - Returns: `nil` where a key of the domain is not found, or found twice.
    public static func text(_ text: String, of domain: String, applying steps: [KeyRotation.Step]) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let range = table(of: domain, in: lines) else { return nil }
        var part = lines[range].joined(separator: "\n")
        for step in steps {
            guard let changed = replace(step, in: part) else { return nil }
            part = changed
        }
        lines.replaceSubrange(range, with: [part])
        return lines.joined(separator: "\n")
    }

    /// The lines of the `[[domain]]` table of that name, with the `[[domain.keys]]` tables that follow it.
    private static func table(of domain: String, in lines: [String]) -> Range<Int>? {
        let starts = lines.indices.filter { header(lines[$0]) == "domain" }
        let found = starts.compactMap { start -> Range<Int>? in
            let after = lines[(start + 1)...]
            let end = after.firstIndex { header($0).map { $0 != "domain.keys" } ?? false } ?? lines.endIndex
            let names = lines[start..<end].contains { line in
                guard let sign = line.firstIndex(of: "="), trimmed(line[..<sign]) == "name" else { return false }
                return literals(of: domain).contains(
                    trimmed(line[line.index(after: sign)...].prefix { $0 != "#" }).lowercased())
            }
            return names ? start..<end : nil
        }
        return found.count == 1 ? found[0] : nil
    }

    private static func replace(_ step: KeyRotation.Step, in text: String) -> String? {
        guard let file = onlyRange(of: step.oldFile, in: text) else { return nil }
        // The selector stands in the same inline table as the file, or in the same [[domain.keys]].
        let opening = text[..<file.lowerBound].lastIndex { $0 == "{" || $0 == "]" } ?? text.startIndex
        let closing =
            text[file.upperBound...].firstIndex { $0 == "}" || $0 == "[" } ?? text.endIndex
        let around = text[opening..<closing]
        guard let selector = onlyRange(of: step.oldSelector, in: around) else { return nil }
        var changed = text
        let replacements = [(file, quoted(step.newFile)), (selector, quoted(step.newSelector))]
        // From the end, so that what was found before keeps its place.
        for (range, words) in replacements.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
            changed.replaceSubrange(range, with: words)
        }
        return changed
    }

    /// Where a string stands as a whole TOML string; `nil` if nowhere, or at several places.
    private static func onlyRange(of string: String, in text: some StringProtocol) -> Range<String.Index>? {
        let text = Substring(text)
        var found: [Range<String.Index>] = []
        for literal in literals(of: string) {
            var rest = text[...]
            while let range = first(literal, in: rest) {
                found.append(range)
                rest = text[range.upperBound...]
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    private static func first(_ literal: String, in text: Substring) -> Range<String.Index>? {
        var at = text.startIndex
        while at < text.endIndex {
            if text[at...].hasPrefix(literal),
                let end = text.index(at, offsetBy: literal.count, limitedBy: text.endIndex)
            {
                return at..<end
            }
            at = text.index(after: at)
        }
        return nil
    }

    /// A string as TOML may write it: basic, or literal.
    private static func literals(of string: String) -> [String] {
        string.contains("'") ? [quoted(string)] : [quoted(string), "'\(string)'"]
    }

    /// The name in `[name]` or `[[name]]`; `nil` for any other line.
    private static func header(_ line: String) -> String? {
        let text = trimmed(line)
        guard text.first == "[", let end = text.firstIndex(of: "]") else { return nil }
        // An array that goes on over lines begins so, too, with a string or a table in it.
        let name = text[..<end].drop { $0 == "[" }
        return name.allSatisfy { $0.isLetter || $0.isNumber || "-_. ".contains($0) } ? trimmed(name) : nil
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text).drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
