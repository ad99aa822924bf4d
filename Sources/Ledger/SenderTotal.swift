// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What one sender's deliveries came to in one hour.
public struct SenderTotal: Hashable, Sendable {
    /// When the hour began.
    public let start: Moment
    /// The sender, by its name (`Sender.name`).
    public let sender: String
    /// Accepted.
    public let sent: Int
    /// Deferred.
    public let deferred: Int
    /// Bounced.
    public let bounced: Int
    /// Of those deferred or bounced: the recipient does not exist.
    public let unknownUser: Int
    /// Of those deferred or bounced: our address, network or domain was refused or slowed down.
    public let block: Int
}
