// SPDX-License-Identifier: Apache-2.0

/// HTML or SVG that is safe to send.
///
/// Written as a literal: what stands in the source is markup, what is interpolated is text and is escaped, whatever it
/// holds. Only another ``HTML`` is taken as it is.
///
///     let cell: HTML = "<td title=\"\(reply)\">\(count)</td>"
///
/// Interpolate within elements and quoted attributes, never in a script, a style or the name of anything.
public struct HTML: Hashable, Sendable {
    /// The markup.
    public private(set) var source: String

    /// Nothing.
    public static let none: HTML = ""

    /// Pieces one after another.
    public init(_ pieces: some Sequence<HTML>) {
        source = pieces.reduce(into: "") { $0 += $1.source }
    }

    /// `text` with all that HTML could take for markup, and all that could turn or hide the text around it, made harmless.
    ///
    /// Control characters and those that change the direction of writing become U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            case "\n", "\t": result.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value),
                _ where (0x200E...0x200F).contains(scalar.value) || scalar.value == 0x061C,
                _ where (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value):
                result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// `text` as one segment of a path in a URL (RFC 3986 §3.3): all but the unreserved characters encoded.
    static func pathSegment(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"),
                UInt8(ascii: "."):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return result
    }
}

extension HTML: ExpressibleByStringInterpolation {
    /// HTML as the source has it.
    public init(stringLiteral value: StaticString) {
        source = value.description
    }

    /// HTML with escaped texts in it.
    public init(stringInterpolation: StringInterpolation) {
        source = stringInterpolation.source
    }

    /// Gathers the pieces of a literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        /// Nothing yet.
        public init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        /// What stands in the source: markup.
        public mutating func appendLiteral(_ literal: StaticString) {
            source += literal.description
        }

        /// A text: escaped.
        public mutating func appendInterpolation(_ text: String) {
            source += HTML.escaped(text)
        }

        /// A number.
        public mutating func appendInterpolation(_ number: Int) {
            source += String(number)
        }

        /// HTML: as it is.
        public mutating func appendInterpolation(_ markup: HTML) {
            source += markup.source
        }

        /// Pieces of markup, one after another.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { source += piece.source }
        }

        /// A text as one segment of the path of a URL.
        public mutating func appendInterpolation(segment text: String) {
            source += HTML.pathSegment(text)
        }
    }
}
