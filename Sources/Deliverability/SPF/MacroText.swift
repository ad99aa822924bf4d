// SPDX-License-Identifier: Apache-2.0

/// Text with macros (RFC 7208 §7).
struct MacroText: Hashable {
    /// Where it stands, which decides what it may hold.
    enum Place: Hashable {
        case record
        /// The explanation: blanks, and the macros `c`, `r` and `t` besides.
        case explanation
    }

    /// A piece.
    enum Part: Hashable {
        case literal(String)
        case macro(Macro)
    }

    /// `%{…}`.
    struct Macro: Hashable {
        /// In lower case.
        var letter: Character
        /// Whether the value is escaped as in an URL: the letter was in upper case (§7.3).
        var isEscaped: Bool
        /// How many parts are kept, counted from the right; `nil` for all.
        var count: Int?
        var isReversed: Bool
        /// What the value is split at; a dot where none is given.
        var delimiters: [Character]
    }

    let parts: [Part]

    /// Reads text.
    init(_ text: Substring, in place: Place) throws(SPFSyntaxError) {
        var parts: [Part] = []
        var literal = ""
        var rest = text
        while let character = rest.popFirst() {
            guard character == "%" else {
                guard Self.isAllowed(character, in: place) else {
                    throw SPFSyntaxError(complaint: "it holds a character that may not stand there")
                }
                literal.append(character)
                continue
            }
            switch rest.popFirst() {
            case "%": literal.append("%")
            case "_": literal.append(" ")
            case "-": literal += "%20"
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw SPFSyntaxError(complaint: "%{ has no end") }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                parts.append(.macro(try Macro(rest[..<end], in: place)))
                rest = rest[rest.index(after: end)...]
            default: throw SPFSyntaxError(complaint: "% begins no macro")
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
    }

    /// Reads a domain-spec: it ends with a macro, or a label that can be a top-level one (§7.1).
    init(domain text: Substring) throws(SPFSyntaxError) {
        guard !text.isEmpty else { throw SPFSyntaxError(complaint: "a domain is missing") }
        try self.init(text, in: .record)
        if text.last == "}" || ["%%", "%_", "%-"].contains(text.suffix(2)) { return }
        let name = text.last == "." ? text.dropLast() : text
        guard let dot = name.lastIndex(of: "."), Self.isTopLabel(name[name.index(after: dot)...]) else {
            throw SPFSyntaxError(complaint: "it ends with nothing that can be a domain")
        }
    }

    private static func isAllowed(_ character: Character, in place: Place) -> Bool {
        guard let byte = character.asciiValue else { return false }
        return 0x21...0x7E ~= byte || (byte == 0x20 && place == .explanation)
    }

    /// Letters, digits and hyphens, no hyphen at an end, not digits alone.
    private static func isTopLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.allSatisfy { $0.isLetterASCII || $0.isDigitASCII || $0 == "-" }
            && label.first != "-" && label.last != "-" && !label.allSatisfy(\.isDigitASCII)
    }
}

extension MacroText.Macro {
    /// Reads what stands between the braces.
    init(_ text: Substring, in place: MacroText.Place) throws(SPFSyntaxError) {
        let letters = place == .explanation ? "slodipvhcrt" : "slodipvh"
        guard let first = text.first, let lower = first.lowercased().first, letters.contains(lower) else {
            throw SPFSyntaxError(complaint: "%{\(text)} is no macro here")
        }
        letter = lower
        isEscaped = first != lower
        var rest = text.dropFirst()
        let digits = rest.prefix { $0.isDigitASCII }
        rest = rest[digits.endIndex...]
        // More than 127 parts no name has, so any larger number means all of them.
        count = digits.isEmpty ? nil : Int(digits) ?? 128
        guard count != 0 else { throw SPFSyntaxError(complaint: "%{\(text)} keeps no part") }
        isReversed = rest.first == "r" || rest.first == "R"
        if isReversed { rest = rest.dropFirst() }
        guard rest.allSatisfy({ ".-+,/_=".contains($0) }) else {
            throw SPFSyntaxError(complaint: "%{\(text)} has a delimiter that is none")
        }
        delimiters = rest.isEmpty ? ["."] : Array(rest)
    }

    /// The value split, turned, cut and joined with dots (§7.3).
    func transform(_ value: String) -> String {
        var parts = value.split(omittingEmptySubsequences: false) { delimiters.contains($0) }
        if isReversed { parts.reverse() }
        if let count { parts = parts.suffix(count) }
        let text = parts.joined(separator: ".")
        return isEscaped ? Self.escaped(text) : text
    }

    /// All but RFC 3986's unreserved characters as `%XX`.
    private static func escaped(_ text: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { result, byte in
            let character = Character(Unicode.Scalar(byte))
            if character.isLetterASCII || character.isDigitASCII || "-._~".contains(character) {
                result.append(character)
            } else {
                result += "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 0xF)])"
            }
        }
    }
}
