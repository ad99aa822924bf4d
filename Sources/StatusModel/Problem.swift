// SPDX-License-Identifier: Apache-2.0

/// What an answer that is no success says: what is wrong, and what to do.
public struct Problem: Codable, Hashable, Sendable {
    /// What is wrong, in a sentence.
    public var error: String
    /// What to do; empty where there is nothing to do.
    public var advice: String

    /// A problem of its parts.
    public init(error: String, advice: String = "") {
        self.error = error
        self.advice = advice
    }
}
