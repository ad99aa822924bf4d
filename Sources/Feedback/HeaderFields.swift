// SPDX-License-Identifier: Apache-2.0

/// The header of a message or of one of its parts (RFC 5322 §2.2): fields unfolded, in their order.
struct HeaderFields {
    /// One field.
    struct Field {
        /// The name in lower case.
        var name: String
        var value: String
    }

    /// Fields that are read, at most.
    private static let mostFields = 500
    /// The longest value that is kept, in bytes.
    private static let longestValue = 16 * 1024

    private(set) var fields: [Field] = []
    /// What follows the blank line behind the header.
    private(set) var body: ArraySlice<UInt8>

    /// Splits a part into its header and body.
    init(_ part: ArraySlice<UInt8>) {
        var rest = part
        body = []
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            var line = rest[rest.startIndex..<end]
            rest = end < rest.endIndex ? rest[(end + 1)...] : []
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.isEmpty {
                body = rest
                return
            }
            take(line)
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
            guard let last = fields.indices.last, fields[last].value.utf8.count < Self.longestValue else { return }
            fields[last].value += " " + Self.text(line)
            return
        }
        guard fields.count < Self.mostFields, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        fields.append(Field(name: Self.text(line[..<colon]).lowercased(), value: Self.text(line[(colon + 1)...])))
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes.prefix(longestValue), as: UTF8.self)
        var rest = text.drop { $0 == " " || $0 == "\t" }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return String(rest)
    }

    /// The first of a name; the name in lower case.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// All of a name.
    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The media type, in lower case, and its parameters (RFC 2045 §5.1); `text/plain` where none is said.
    var contentType: (type: String, parameters: [String: String]) {
        let parts = (self["content-type"] ?? "text/plain").split(separator: ";").map { part in
            part.drop { $0 == " " || $0 == "\t" }
        }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst().prefix(20) {
            guard let sign = part.firstIndex(of: "=") else { continue }
            let name = part[..<sign].filter { $0 != " " }.lowercased()
            var value = part[part.index(after: sign)...].drop { $0 == " " }
            while value.last == " " { value.removeLast() }
            if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
            if parameters[name] == nil { parameters[name] = String(value) }
        }
        let type = parts.first.map { $0.filter { $0 != " " }.lowercased() } ?? "text/plain"
        return (type, parameters)
    }
}
