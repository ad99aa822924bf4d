// SPDX-License-Identifier: Apache-2.0

/// Several alerts told as one.
public struct AlertSummary: Hashable, Sendable, Codable {
    /// When the first came.
    public var from: Moment
    /// When it was made.
    public var to: Moment
    /// The alerts by kind and subject, in the order in which they first came.
    public var counts: [AlertCount]
    /// How many alerts there were beside these, for which there was no room.
    public var unlisted: Int
    /// What still waits, by provider's name.
    public var waiting: [ProviderBacklog]

    /// A summary of its parts.
    public init(from: Moment, to: Moment, counts: [AlertCount], unlisted: Int = 0, waiting: [ProviderBacklog] = []) {
        self.from = from
        self.to = to
        self.counts = counts
        self.unlisted = unlisted
        self.waiting = waiting
    }
}

/// How often the same was raised about the same subject.
public struct AlertCount: Hashable, Sendable, Codable {
    /// The latest of them.
    public var latest: Alert
    /// When the first of them happened.
    public var first: Moment
    /// How many there were.
    public var count: Int

    /// An alert that came so many times.
    init(_ alert: Alert, times: Int) {
        latest = alert
        first = alert.moment
        count = times
    }

    /// Counts more, the given one being the latest.
    mutating func add(_ alert: Alert, times: Int) {
        latest = alert
        first = min(first, alert.moment)
        count = count.addingSaturating(times)
    }
}

/// The mail of one provider that waits.
public struct ProviderBacklog: Hashable, Sendable, Codable {
    /// Whose.
    public var provider: Provider
    /// How many messages.
    public var count: Int
    /// Since when the oldest waits.
    public var oldest: Moment

    /// Mail that waits.
    public init(_ provider: Provider, count: Int, oldest: Moment) {
        self.provider = provider
        self.count = count
        self.oldest = oldest
    }
}
