// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Durations, counted by how long they were: no lock, no allocation, a few nanoseconds an observation.
public final class Histogram: Sendable {
    /// The upper bounds of the buckets, in microseconds, each included in its bucket.
    ///
    /// From below the fastest signature to above the longest wait of a callback.
    public static let bounds = [
        50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    ]

    /// What has been observed so far.
    public struct Reading: Hashable, Sendable {
        /// Observations by bucket, not cumulated; the last bucket has no bound.
        public var counts: [Int]
        /// All durations together, in microseconds.
        public var sum: Int

        /// A reading of its parts.
        public init(counts: [Int], sum: Int) {
            self.counts = counts
            self.sum = sum
        }

        /// All observations.
        public var count: Int { counts.reduce(0, +) }

        /// The bound, in microseconds, below which so great a share of the observations lie; `nil` if there are none, or
        /// it lies above the last bound.
        public func quantile(_ share: Double) -> Int? {
            let wanted = Double(count) * min(max(share, 0), 1)
            guard count > 0 else { return nil }
            var seen = 0
            for (bound, count) in zip(Histogram.bounds, counts) {
                seen += count
                if Double(seen) >= wanted { return bound }
            }
            return nil
        }
    }

    private let buckets: InlineArray<15, Atomic<Int>>
    private let sum = Atomic<Int>(0)

    /// A histogram without observations.
    public init() {
        buckets = InlineArray { _ in Atomic(0) }
    }

    /// Counts one duration; what is negative, of a clock that was set back, counts as nothing.
    public func observe(microseconds: Int64) {
        let duration = Int(clamping: max(0, microseconds))
        var bucket = 0
        while bucket < Self.bounds.count, duration > Self.bounds[bucket] { bucket += 1 }
        buckets[bucket].wrappingAdd(1, ordering: .relaxed)
        sum.wrappingAdd(duration, ordering: .relaxed)
    }

    /// What has been observed so far; observations that are made meanwhile are in it or not.
    public var reading: Reading {
        Reading(
            counts: (0...Self.bounds.count).map { buckets[$0].load(ordering: .relaxed) },
            sum: sum.load(ordering: .relaxed))
    }
}
