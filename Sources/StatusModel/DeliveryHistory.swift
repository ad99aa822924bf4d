// SPDX-License-Identifier: Apache-2.0

/// What `GET /v1/deliveries` answers: deliveries by provider, in steps of time.
public struct DeliveryHistory: Codable, Hashable, Sendable {
    /// The stretch of time.
    public var range: HistoryRange
    /// When the first step began.
    public var start: Timestamp
    /// The length of a step, in seconds.
    public var step: Int
    /// One row for each provider that was written to, the busiest first.
    public var providers: [ProviderHistory]
    /// The times during which a provider's mail waited or was slowed.
    public var spans: [ListingSpan]

    /// A history of its parts.
    public init(
        range: HistoryRange, start: Timestamp, step: Int, providers: [ProviderHistory], spans: [ListingSpan] = []
    ) {
        self.range = range
        self.start = start
        self.step = step
        self.providers = providers
        self.spans = spans
    }
}
