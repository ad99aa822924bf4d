// SPDX-License-Identifier: Apache-2.0

/// The words of a refusal: a code of 400…599, an enhanced status code, and one to 32 lines of text.
///
/// It can be made of any input and is always one that libmilter takes and Postfix honours: Postfix calls a reply
/// without an enhanced status code, or with one of another class than the code, malformed (milter8.c), so there is
/// always one. Make it once and keep it where the text does not change.
public struct MilterReply: Hashable, Sendable {
    /// What a refusal asks of the client.
    public enum Severity: UInt8, Sendable {
        /// 4xx: try again later.
        case temporary = 4
        /// 5xx: do not try again.
        case permanent = 5
    }

    /// The most lines that one reply may have.
    ///
    /// Source: smfi_setmlreply, MAXREPLYLINES.
    public static let maximumLines = 32
    /// The most bytes in one line, without the codes; `%` counts twice.
    ///
    /// Source: smfi_setreply, MAXREPLYLEN.
    public static let maximumLineLength = 980

    /// Whether the client may try again.
    public let severity: Severity
    /// The SMTP code, 400…599.
    public let code: Int
    /// The enhanced status code, such as `4.7.1` (RFC 3463).
    public let status: String
    /// The lines as libmilter wants them: printable ASCII, `%` doubled, at least one.
    let lines: [String]

    /// A reply, made fit where it is not.
    /// - Parameters:
    ///   - severity: 4 or 5; the class of both codes.
    ///   - code: The last two digits of the SMTP code, 0…99; anything else is taken as 50.
    ///   - subject: The subject of the enhanced status code, 0…999, otherwise 0; 7 is policy.
    ///   - detail: Its detail, 0…999, otherwise 0.
    ///   - lines: The text. CR, LF, NUL and other controls become blanks, what is not ASCII becomes `?`; a long line
    ///     is cut, lines beyond ``maximumLines`` are left out.
    public init(_ severity: Severity, code: Int, subject: Int, detail: Int, lines: [String]) {
        self.severity = severity
        self.code = Int(severity.rawValue) * 100 + ((0...99).contains(code) ? code : 50)
        let parts = [subject, detail].map { (0...999).contains($0) ? $0 : 0 }
        self.status = "\(severity.rawValue).\(parts[0]).\(parts[1])"
        let fit = lines.prefix(Self.maximumLines).map(Self.fit)
        self.lines = fit.isEmpty ? [""] : fit
    }

    /// A reply of one line, such as `MilterReply(.temporary, code: 50, subject: 7, detail: 1, "over the limit")`.
    public init(_ severity: Severity, code: Int, subject: Int, detail: Int, _ line: String) {
        self.init(severity, code: code, subject: subject, detail: detail, lines: [line])
    }

    /// Sendmail takes the text as a format, so `%` is sent twice, and Postfix halves it again (milter8.c).
    private static func fit(_ line: String) -> String {
        var fit = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let width = scalar == "%" ? 2 : 1
            guard length + width <= maximumLineLength else { break }
            length += width
            switch scalar {
            case "%": fit += "%%"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: fit += " "
            case _ where scalar.isASCII: fit.unicodeScalars.append(scalar)
            case _: fit += "?"
            }
        }
        return fit
    }
}
