// SPDX-License-Identifier: Apache-2.0

/// Finds the line of each key in a TOML text.
///
/// TOMLKit tells positions of syntax errors only. This scanner knows just enough of TOML 1.0 to walk over a valid
/// document: comments, the four kinds of string, brackets, headers. Of a text that TOMLKit refuses no line is asked.
struct KeyLocator {
    private(set) var lines: [KeyPath: Int] = [:]
    /// The line of the first header in whose brackets no key begins, as `[.a]`.
    ///
    /// On such a one TOMLKit's parser (toml++, `parse_key`) does not complain: it ends the process. So it must be found
    /// before. Up to the first error the text is valid, and so far this scanner goes with that parser.
    private(set) var keylessHeader: Int?
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var counts: [KeyPath: Int] = [:]

    init(_ text: String) {
        bytes = Array(text.utf8)
        var prefix = KeyPath()
        while true {
            skipBlanks(andNewlines: true)
            guard position < bytes.count else { return }
            if bytes[position] == UInt8(ascii: "[") {
                prefix = header()
            } else {
                keyAndValue(under: prefix)
            }
        }
    }

    /// The line of `path`, else of the nearest table around it.
    func line(of path: KeyPath) -> Int? {
        var path = path
        while !path.steps.isEmpty {
            if let line = lines[path] { return line }
            path.steps.removeLast()
        }
        return nil
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func advance() {
        if current == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func skipBlanks(andNewlines: Bool) {
        while let byte = current {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): advance()
            case UInt8(ascii: "\n") where andNewlines: advance()
            case UInt8(ascii: "#") where andNewlines:
                while let byte = current, byte != UInt8(ascii: "\n") { advance() }
            default: return
            }
        }
    }

    /// `[a.b]` or `[[a.b]]`; the latter counts how often it came.
    private mutating func header() -> KeyPath {
        let start = line
        advance()
        let isArray = current == UInt8(ascii: "[")
        if isArray { advance() }
        while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { advance() }
        if let byte = current, !Self.beginsKey(byte), byte != UInt8(ascii: "]"), keylessHeader == nil {
            keylessHeader = start
        }
        var path = KeyPath()
        let names = dottedKey()
        for (offset, name) in names.enumerated() {
            path = path.appending(.key(name))
            let isLast = offset == names.count - 1
            if isLast && isArray {
                counts[path, default: 0] += 1
                lines[path] = lines[path] ?? start
            }
            if let count = counts[path] { path = path.appending(.index(count - 1)) }
        }
        lines[path] = start
        while let byte = current, byte != UInt8(ascii: "\n") { advance() }
        return path
    }

    private mutating func keyAndValue(under prefix: KeyPath) {
        let start = line
        let before = position
        let path = dottedKey().reduce(prefix) { $0.appending(.key($1)) }
        lines[path] = lines[path] ?? start
        skipBlanks(andNewlines: false)
        if current == UInt8(ascii: "=") { advance() }
        value(at: path)
        if position == before { advance() }
    }

    private mutating func dottedKey() -> [String] {
        var names: [String] = []
        while true {
            skipBlanks(andNewlines: false)
            guard let byte = current else { return names }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                names.append(string())
            } else {
                let start = position
                while let byte = current, Self.isBare(byte) { advance() }
                names.append(String(decoding: bytes[start..<position], as: UTF8.self))
            }
            skipBlanks(andNewlines: false)
            guard current == UInt8(ascii: ".") else { return names }
            advance()
        }
    }

    private mutating func value(at path: KeyPath) {
        skipBlanks(andNewlines: true)
        lines[path] = lines[path] ?? line
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        case UInt8(ascii: "["): array(at: path)
        case UInt8(ascii: "{"): inlineTable(at: path)
        default:
            while let byte = current, !Self.endsScalar(byte) { advance() }
        }
    }

    private mutating func array(at path: KeyPath) {
        advance()
        var index = 0
        while true {
            skipBlanks(andNewlines: true)
            guard let byte = current else { return }
            switch byte {
            case UInt8(ascii: "]"): return advance()
            case UInt8(ascii: ","): advance()
            default:
                let before = position
                value(at: path.appending(.index(index)))
                index += 1
                if position == before { advance() }
            }
        }
    }

    private mutating func inlineTable(at path: KeyPath) {
        advance()
        while true {
            skipBlanks(andNewlines: true)
            guard let byte = current else { return }
            switch byte {
            case UInt8(ascii: "}"): return advance()
            case UInt8(ascii: ","): advance()
            default: keyAndValue(under: path)
            }
        }
    }

    /// Walks over a string of any kind; escapes are kept as written, which suffices for keys.
    private mutating func string() -> String {
        guard let quote = current else { return "" }
        let isLong = position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
        let quotes = isLong ? 3 : 1
        for _ in 0..<quotes { advance() }
        let start = position
        while let byte = current {
            if byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
                advance()
                if current != nil { advance() }
            } else if byte == quote, !isLong || endsLongString(quote) {
                break
            } else {
                advance()
            }
        }
        let text = String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self)
        for _ in 0..<quotes where current != nil { advance() }
        // TOML allows up to two quotes directly before the closing three.
        while isLong, current == quote { advance() }
        return text
    }

    private func endsLongString(_ quote: UInt8) -> Bool {
        position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
    }

    private static func beginsKey(_ byte: UInt8) -> Bool {
        isBare(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "\n"), UInt8(ascii: "#"): true
        default: false
        }
    }
}
