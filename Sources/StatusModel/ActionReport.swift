// SPDX-License-Identifier: Apache-2.0

/// What a `POST` answers: what was done.
public struct ActionReport: Codable, Hashable, Sendable {
    /// Whether it changed anything.
    public var applied: Bool
    /// What was done, or why nothing was, in a sentence.
    public var message: String

    /// A report of its parts.
    public init(applied: Bool, message: String) {
        self.applied = applied
        self.message = message
    }
}
