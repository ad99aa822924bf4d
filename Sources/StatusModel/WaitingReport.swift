// SPDX-License-Identifier: Apache-2.0

/// What waits for one provider in Postfix's queue.
public struct WaitingReport: Codable, Hashable, Sendable {
    /// Messages.
    public var messages: Int
    /// When the oldest came.
    public var oldest: Timestamp?
    /// When the first of them is given back to its sender, unless it is delivered before.
    public var firstExpiry: Timestamp?

    /// So many messages.
    public init(messages: Int, oldest: Timestamp? = nil, firstExpiry: Timestamp? = nil) {
        self.messages = messages
        self.oldest = oldest
        self.firstExpiry = firstExpiry
    }
}
