// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What is printed for people: colour on a terminal only, and never what a stranger wrote as it is.
enum Terminal {
    /// Whether standard output is a terminal that wants colour (https://no-color.org).
    ///
    /// An empty `NO_COLOR` is none, and a terminal that calls itself dumb has none.
    static let hasColour =
        isTerminal && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
        && getenv("TERM").map { String(cString: $0) } != "dumb"

    /// Whether standard output is a terminal.
    static let isTerminal = isatty(STDOUT_FILENO) == 1

    /// The size of the terminal; `nil` where output goes elsewhere and is not cut.
    static var size: (columns: Int, rows: Int)? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// A colour or weight (ECMA-48 SGR).
    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// `text` in a style, or plain where there is no colour.
    static func styled(_ text: String, _ style: Style) -> String {
        hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Text from elsewhere, made harmless: control characters could steer the terminal.
    static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    let turnsDirection =
                        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                    return isControl || turnsDirection ? "?" : scalar
                }))
    }

    /// A line on standard error.
    static func complain(_ text: String) {
        var line = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, &line, line.count)
    }
}
