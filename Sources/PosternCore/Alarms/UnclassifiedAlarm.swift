// SPDX-License-Identifier: Apache-2.0

/// Whether a large provider refuses mail in words that no rule knows: a new wording of an old wall, perhaps.
///
/// Replies are kept in twelve buckets by their own time, so that lines that come late count where they belong; one older
/// than all buckets is left out. Who tells of replies sees to it that none lies in the future.
public struct UnclassifiedAlarm: Sendable {
    /// When the alarm goes off.
    public struct Settings: Hashable, Sendable {
        /// Over how long replies are added up.
        public var window: Duration
        /// How many refusals no rule must know, at least.
        public var refusals: UInt32
        /// Of all the provider's replies, more than so many percent must be such refusals.
        public var percent: UInt32

        /// Ten refusals, and more than a fifth of an hour's replies, unless told otherwise.
        public init(window: Duration = .hours(1), refusals: UInt32 = 10, percent: UInt32 = 20) {
            self.window = window
            self.refusals = refusals
            self.percent = percent
        }
    }

    /// What was found; told of a provider once in each window's time.
    public struct Finding: Hashable, Sendable {
        /// Whose replies.
        public let provider: Provider
        /// How many refusals no rule knows.
        public let unclassified: UInt32
        /// How many replies there were in all.
        public let replies: UInt32
        /// The latest of those refusals, cut to 500 characters; worded by the other side.
        public let sample: String
    }

    private struct Bucket: Sendable {
        var number: Int64
        var replies: UInt32 = 0
        var unclassified: UInt32 = 0
    }

    private struct State: Sendable {
        var buckets: [Bucket] = []
        var lastTold: Moment?
    }

    private static let bucketCount: Int64 = 12
    /// Providers are named by the reply rules, which are fewer.
    private static let capacity = 1000

    private let settings: Settings
    private let bucketLength: Int64
    private var states: [Provider: State] = [:]

    /// An alarm that has heard nothing.
    public init(settings: Settings = Settings()) {
        self.settings = settings
        bucketLength = max(1, settings.window.wholeMilliseconds / Self.bucketCount)
    }

    /// A provider's host accepted a message, or refused it in words that a rule knows.
    public mutating func understood(_ provider: Provider, at moment: Moment) {
        count(of: provider, at: moment) { $0.replies = $0.replies.addingSaturating(1) }
    }

    /// A provider's host refused a message in words that no rule knows.
    /// - Returns: a finding, if these are too many.
    public mutating func unclassified(_ provider: Provider, reply: String, at moment: Moment) -> Finding? {
        count(of: provider, at: moment) { bucket in
            bucket.replies = bucket.replies.addingSaturating(1)
            bucket.unclassified = bucket.unclassified.addingSaturating(1)
        }
        guard var state = states[provider] else { return nil }
        let (replies, unclassified) = state.buckets.reduce(into: (UInt32(0), UInt32(0))) { sum, bucket in
            sum.0 = sum.0.addingSaturating(bucket.replies)
            sum.1 = sum.1.addingSaturating(bucket.unclassified)
        }
        guard unclassified >= settings.refusals,
            UInt64(unclassified) * 100 > UInt64(replies) * UInt64(settings.percent)
        else { return nil }
        if let told = state.lastTold, moment.since(told) < settings.window { return nil }
        state.lastTold = moment
        states[provider] = state
        return Finding(
            provider: provider, unclassified: unclassified, replies: replies, sample: String(reply.prefix(500)))
    }

    private mutating func count(of provider: Provider, at moment: Moment, _ change: (inout Bucket) -> Void) {
        guard states[provider] != nil || states.count < Self.capacity else { return }
        let number = number(of: moment)
        Self.count(in: &states[provider, default: State()].buckets, number, change)
    }

    private static func count(in buckets: inout [Bucket], _ number: Int64, _ change: (inout Bucket) -> Void) {
        let newest = max(buckets.last?.number ?? number, number)
        buckets.removeAll { newest.subtractingReportingOverflow($0.number).partialValue >= bucketCount }
        guard newest.subtractingReportingOverflow(number).partialValue < bucketCount else { return }
        let index = buckets.firstIndex { $0.number >= number } ?? buckets.count
        if index == buckets.count || buckets[index].number != number {
            buckets.insert(Bucket(number: number), at: index)
        }
        change(&buckets[index])
    }

    /// The number of a moment's bucket, counted from the epoch.
    private func number(of moment: Moment) -> Int64 {
        let (quotient, remainder) = moment.milliseconds.quotientAndRemainder(dividingBy: bucketLength)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
