// SPDX-License-Identifier: Apache-2.0

extension SectionDescription {
    /// A settings file that says every default, each key with its help above it; what has no default is commented out.
    public func sample() -> String {
        var lines: [String] = []
        write(into: &lines, under: "", commentedOut: false)
        return lines.joined(separator: "\n") + "\n"
    }

    private func write(into lines: inout [String], under prefix: String, commentedOut: Bool) {
        let path = prefix.isEmpty ? name : "\(prefix).\(name)"
        let isOptional = commentedOut || form == .tables
        let mark = isOptional ? "#" : ""
        if form != .root {
            lines += [""] + Self.wrapped(help).map { "# " + $0 }
            lines.append(mark + (form == .tables ? "[[\(path)]]" : "[\(path)]"))
        }
        for key in keys {
            lines += Self.wrapped(key.help + " Takes \(key.wanted).").map { "# " + $0 }
            let leftOut = isOptional || key.presence != .hasDefault
            lines.append((leftOut ? "#" : "") + "\(key.name) = \(key.source)")
        }
        for section in sections {
            if section.form == .inlineTables {
                lines += Self.wrapped(section.help).map { "# " + $0 }
                for key in section.keys { lines += Self.wrapped("  \(key.name): \(key.help)").map { "# " + $0 } }
                lines.append(mark + "\(section.name) = [\(section.inlineExample())]")
            } else {
                section.write(into: &lines, under: path, commentedOut: commentedOut)
            }
        }
    }

    private func inlineExample() -> String {
        "{ " + keys.filter { $0.presence == .required }.map { "\($0.name) = \($0.source)" }.joined(separator: ", ")
            + " }"
    }

    /// Every key on paper: one paragraph each, for a terminal.
    public func listing() -> String {
        var lines: [String] = []
        list(into: &lines, under: "")
        return lines.joined(separator: "\n") + "\n"
    }

    private func list(into lines: inout [String], under prefix: String) {
        let path = prefix.isEmpty ? name : "\(prefix).\(name)"
        if form != .root {
            lines += [form == .table ? "[\(path)]" : "[[\(path)]]"] + Self.wrapped(help, width: 76).map { "  " + $0 }
        }
        for key in keys {
            lines += ["", "  \(key.name)  (\(key.presenceText))"]
            lines += Self.wrapped(key.help + " Takes \(key.wanted).", width: 72).map { "      " + $0 }
        }
        if form != .root { lines.append("") }
        for section in sections { section.list(into: &lines, under: path) }
    }

    /// The keys as the body of a manual page, mdoc(7) source.
    public func manual() -> String {
        var lines: [String] = []
        manual(into: &lines, under: "")
        return lines.joined(separator: "\n") + "\n"
    }

    private func manual(into lines: inout [String], under prefix: String) {
        let path = prefix.isEmpty ? name : "\(prefix).\(name)"
        if form != .root {
            lines += [".Ss \(form == .table ? "[\(path)]" : "[[\(path)]]")", Self.escaped(help)]
        }
        if !keys.isEmpty {
            lines.append(".Bl -tag -width indent")
            for key in keys {
                lines += [".It Cm \(key.name)", Self.escaped("\(key.help) Takes \(key.wanted); \(key.presenceText).")]
            }
            lines.append(".El")
        }
        for section in sections { section.manual(into: &lines, under: path) }
    }

    /// roff takes a leading dot or quote as a command, and a backslash as the start of one.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text { result += character == "\\" ? "\\e" : String(character) }
        return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
    }

    private static func wrapped(_ text: String, width: Int = 96) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty && line.count + word.count + 1 > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return lines + [line]
    }
}

extension KeyDescription {
    fileprivate var presenceText: String {
        switch presence {
        case .hasDefault: "default \(source)"
        case .optional: "optional, such as \(source)"
        case .required: "required, such as \(source)"
        }
    }
}
