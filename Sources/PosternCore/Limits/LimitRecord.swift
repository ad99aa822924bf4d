// SPDX-License-Identifier: Apache-2.0

/// One sender's counters under one rule, as they are kept over a restart.
public struct LimitRecord: Hashable, Sendable {
    /// What passed in the sub-windows of one rate.
    public struct Counts: Hashable, Sendable {
        /// The length of the rate's window in milliseconds, by which the rate is known again.
        public let windowMilliseconds: Int64
        /// What passed in each sub-window, the current one first, cut after the last that is not zero; 25 at most.
        public let newestFirst: [UInt32]

        /// Counts as they were stored.
        public init(windowMilliseconds: Int64, newestFirst: [UInt32]) {
            self.windowMilliseconds = windowMilliseconds
            self.newestFirst = newestFirst
        }
    }

    /// Whose counters these are.
    public let key: SenderKey
    /// The moment to which `counts` refer.
    public let stamp: Moment
    /// The counts of each rate.
    public let counts: [Counts]

    /// A record as it was stored.
    public init(key: SenderKey, stamp: Moment, counts: [Counts]) {
        self.key = key
        self.stamp = stamp
        self.counts = counts
    }

    /// The counts of the shortest window that is no shorter than this one, else of the longest; windows that no rate can
    /// have, as a damaged store may hold, are not asked.
    func counts(covering windowMilliseconds: Int64) -> Counts? {
        let known = counts.filter { Rate.windows.contains($0.windowMilliseconds) }
        return known.filter { $0.windowMilliseconds >= windowMilliseconds }.min {
            $0.windowMilliseconds < $1.windowMilliseconds
        }
            ?? known.max { $0.windowMilliseconds < $1.windowMilliseconds }
    }
}
