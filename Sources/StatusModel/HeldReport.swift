// SPDX-License-Identifier: Apache-2.0

/// What `GET /v1/held` answers.
public struct HeldReport: Codable, Hashable, Sendable {
    /// Messages in the hold queue that we put there.
    public var count: Int
    /// The oldest of them first; at most a thousand.
    public var messages: [HeldMessage]

    /// A report of its parts.
    public init(count: Int, messages: [HeldMessage]) {
        self.count = count
        self.messages = messages
    }
}
