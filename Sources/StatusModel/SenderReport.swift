// SPDX-License-Identifier: Apache-2.0

/// What one sender's deliveries came to within the time asked for.
public struct SenderReport: Codable, Hashable, Sendable {
    /// The sender, such as `login:shop@example.org` or `uid:33`.
    public var sender: String
    /// What kind of sender that is.
    public var senderClass: String?
    /// Accepted.
    public var sent: Int
    /// Deferred.
    public var deferred: Int
    /// Bounced.
    public var bounced: Int
    /// Of those deferred or bounced: the recipient does not exist.
    public var unknownUser: Int
    /// Of those deferred or bounced: our address, network or domain was refused or slowed down.
    public var block: Int

    /// A sender of its parts.
    public init(
        sender: String, senderClass: String? = nil, sent: Int, deferred: Int, bounced: Int, unknownUser: Int = 0,
        block: Int = 0
    ) {
        self.sender = sender
        self.senderClass = senderClass
        self.sent = sent
        self.deferred = deferred
        self.bounced = bounced
        self.unknownUser = unknownUser
        self.block = block
    }
}
