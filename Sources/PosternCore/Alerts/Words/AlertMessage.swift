// SPDX-License-Identifier: Apache-2.0

/// A letter as a message for sendmail(1), lines ended by LF (RFC 5322).
public struct AlertMessage: Hashable, Sendable {
    /// The bytes.
    public let bytes: [UInt8]

    /// Puts a letter into a message.
    ///
    /// What is given for a header field cannot begin another one.
    /// - Parameters:
    ///   - letter: The words.
    ///   - from: Its author; Postfix completes a name without a domain.
    ///   - recipients: Whom it goes to.
    ///   - messageID: Without angle brackets.
    ///   - date: When it is sent.
    ///   - clock: How that is written.
    public init(
        _ letter: AlertLetter, from: String, to recipients: [String], messageID: String, date: Moment,
        clock: LocalClock
    ) {
        let isASCII = letter.body.utf8.allSatisfy { $0 < 0x80 }
        let fields = [
            ("From", Self.field(from)),
            // A line a recipient: no line gets too long (RFC 5322 §2.1.1).
            ("To", recipients.map(Self.field).joined(separator: ",\n\t")),
            ("Subject", Self.field(letter.subject)),
            ("Date", clock.headerText(of: date)),
            ("Message-ID", "<\(Self.field(messageID))>"),
            // RFC 3834 §5: nobody's program shall answer.
            ("Auto-Submitted", "auto-generated"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", isASCII ? "7bit" : "8bit"),
        ]
        let header = fields.map { "\($0): \($1)\n" }.joined()
        bytes = Array((header + "\n" + letter.body).utf8)
    }

    private static func field(_ text: String) -> String { PlainText.ascii(text, longest: 320) }
}
