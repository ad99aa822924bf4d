// SPDX-License-Identifier: Apache-2.0

/// A reply of the lab's Postfix to an SMTP client.
public struct SMTPAnswer: Hashable, Sendable {
    /// The three-digit code.
    public var code: Int
    /// The text of each line, without code.
    public var lines: [String]

    /// Whether the code is of the second or third hundred.
    public var isPositive: Bool { (200..<400).contains(code) }
}

extension SMTPAnswer: CustomStringConvertible {
    /// As Postfix logs a reply: code and text, the lines joined by a blank each.
    public var description: String { "\(code) " + lines.joined(separator: " ") }
}
