// SPDX-License-Identifier: Apache-2.0

/// A notice in words: for mail, and for a command.
public struct AlertLetter: Hashable, Sendable {
    /// One line of ASCII, at most 120 characters.
    public var subject: String
    /// Plain text, each line ended by LF and of fewer than 78 characters, but for commands, which stand whole.
    public var body: String
    /// The same for a program.
    public var report: AlertReport
}
