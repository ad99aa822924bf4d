// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Deliveries to one provider, of one class, in one hour or in all the hours asked for.
public struct DeliveryTotal: Hashable, Sendable {
    /// When the hour, or the first of the hours, began.
    public let start: Moment
    /// To whom; `nil` for those of no known provider.
    public let provider: Provider?
    /// What the refusals were about; `nil` for what was accepted.
    public let replyClass: ReplyClass?
    /// Accepted.
    public let sent: Int
    /// Deferred.
    public let deferred: Int
    /// Bounced.
    public let bounced: Int
}
