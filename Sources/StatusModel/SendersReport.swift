// SPDX-License-Identifier: Apache-2.0

/// The senders with the most deliveries.
public struct SendersReport: Codable, Hashable, Sendable {
    /// From when on deliveries are counted.
    public var since: Timestamp
    /// The senders, the most deliveries first.
    public var senders: [SenderReport]

    /// A report of its parts.
    public init(since: Timestamp, senders: [SenderReport]) {
        self.since = since
        self.senders = senders
    }
}
