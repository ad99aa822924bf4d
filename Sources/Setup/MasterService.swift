// SPDX-License-Identifier: Apache-2.0

/// One service of master.cf(5), as `postconf -M` prints it.
public struct MasterService: Hashable, Sendable {
    /// Its name: a port, a host and port, or a path below the queue directory.
    public let name: String
    /// `inet`, `unix`, `fifo` or `pass`.
    public let type: String
    /// The column `chroot`: `y`, `n`, or `-` for the default.
    public let chroot: String
    /// The program, such as `smtpd`.
    public let program: String
    /// What follows the program, each option in one word with what its braces hold.
    public let arguments: [String]

    /// The name by which postconf(1) knows it: `submission/inet`.
    public var key: String { "\(name)/\(type)" }

    /// Reads one entry; `nil` if it has fewer than eight columns.
    public init?(_ line: some StringProtocol) {
        let words = Self.words(of: line)
        guard words.count >= 8 else { return nil }
        name = words[0]
        type = words[1]
        chroot = words[4]
        program = words[7]
        arguments = Array(words[8...])
    }

    /// Reads what `postconf -M` prints; a line that begins with a blank goes on with the entry before.
    public static func read(_ text: String) -> [MasterService] {
        var entries: [String] = []
        for line in text.split(separator: "\n") {
            if let first = line.first, first.isWhitespace, let last = entries.indices.last {
                entries[last] += " " + line
            } else {
                entries.append(String(line))
            }
        }
        return entries.compactMap { MasterService($0) }
    }

    /// The parameters that are its own (`-o name=value`), in their order.
    public var options: [(name: String, value: String)] {
        var options: [(name: String, value: String)] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word == "-o", let setting = rest.popFirst() else { continue }
            var text = Substring(setting)
            // The form for values with blanks: { name = value }.
            if text.first == "{", text.last == "}" { text = text.dropFirst().dropLast() }
            guard let equals = text.firstIndex(of: "=") else { continue }
            options.append((trimmed(text[..<equals]), trimmed(text[text.index(after: equals)...])))
        }
        return options
    }

    /// The value of a parameter of its own; `nil` if it has none.
    public subscript(option name: String) -> String? { options.last { $0.name == name }?.value }

    /// The words of an entry, between blanks; what braces hold is of one word.
    private static func words(of line: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        var depth = 0
        for character in line {
            if depth == 0, character.isWhitespace {
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

/// A text without blanks at its ends.
func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
}
