// SPDX-License-Identifier: Apache-2.0

/// Whether too much of a sender's mail is refused: the mark of bought or guessed addresses.
///
/// Outcomes are kept in twelve buckets by their own time, so that lines of the log that come late count where they belong.
/// One that is older than all buckets is left out. Who tells of outcomes sees to it that none lies in the future.
public struct FailureShare: Sendable {
    /// When the wire trips.
    public struct Settings: Hashable, Sendable {
        /// Over how long outcomes are added up.
        public var window: Duration
        /// The share of refusals that is too much, in percent of the known outcomes.
        public var percent: UInt32
        /// How many refusals there must be at least, so that a typing error or two trip nothing.
        public var leastFailures: UInt32

        /// Three in ten of an hour's mail, and twenty refusals, unless told otherwise.
        public init(window: Duration = .hours(1), percent: UInt32 = 30, leastFailures: UInt32 = 20) {
            self.window = window
            self.percent = percent
            self.leastFailures = leastFailures
        }
    }

    private struct Bucket: Sendable {
        var number: Int64 = -1
        var delivered: UInt32 = 0
        var failed: UInt32 = 0
    }

    private static let bucketCount: Int64 = 12

    private let settings: Settings
    private let step: Int64
    private var buckets = InlineArray<12, Bucket>(repeating: Bucket())
    private var newest: Int64 = -1
    private var hasTripped = false

    /// A wire that has seen nothing.
    public init(_ settings: Settings = Settings()) {
        self.settings = settings
        step = max(settings.window.wholeMilliseconds / Self.bucketCount, 1)
    }

    /// Adds outcomes of one time, and tells if the wire trips.
    /// - Parameters:
    ///   - delivered: Recipients whose mail was accepted.
    ///   - failed: Recipients whose mail was refused for a reason that the sender has to answer for: unknown recipients,
    ///     spam, bad reputation. Not those that a busy server or a block of our address put off.
    ///   - moment: When that was.
    /// - Returns: A finding when the share becomes too high, and again only after it was half of that.
    public mutating func add(delivered: UInt32, failed: UInt32, at moment: Moment) -> SenderFinding? {
        let number = RecordLayout.clamped(moment) / step
        guard newest - number < Self.bucketCount else { return nil }
        newest = max(newest, number)
        let place = Int(number % Self.bucketCount)
        if buckets[place].number != number { buckets[place] = Bucket(number: number) }
        buckets[place].delivered = buckets[place].delivered.addingSaturating(delivered)
        buckets[place].failed = buckets[place].failed.addingSaturating(failed)
        return judge()
    }

    private mutating func judge() -> SenderFinding? {
        var delivered: UInt32 = 0
        var failed: UInt32 = 0
        for place in buckets.indices where newest - buckets[place].number < Self.bucketCount {
            delivered = delivered.addingSaturating(buckets[place].delivered)
            failed = failed.addingSaturating(buckets[place].failed)
        }
        let outcomes = delivered.addingSaturating(failed)
        let share = UInt64(failed) * 100
        let limit = UInt64(settings.percent) * UInt64(outcomes)
        if failed >= settings.leastFailures, share >= limit {
            defer { hasTripped = true }
            return hasTripped ? nil : .failureShare(failed: failed, outcomes: outcomes)
        }
        if share * 2 < limit || failed < settings.leastFailures / 2 { hasTripped = false }
        return nil
    }
}
