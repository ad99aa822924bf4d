// SPDX-License-Identifier: Apache-2.0

/// What an operator can do next.
public struct AlertStep: Hashable, Sendable, Codable {
    /// Why, or what it shows.
    public var text: String
    /// The command, ready to be pasted; `nil` where it is nothing that a command does.
    public var command: String?

    /// A step, done by a command or by hand.
    init(_ text: String, _ command: String? = nil) {
        self.text = text
        self.command = command
    }
}
