// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Deliveries to one provider in one bucket of time.
public struct DeliveryBucket: Hashable, Sendable {
    /// When the bucket began.
    public let start: Moment
    /// To whom; `nil` for those of no known provider.
    public let provider: Provider?
    /// Accepted.
    public let sent: Int
    /// Deferred.
    public let deferred: Int
    /// Bounced.
    public let bounced: Int
}
