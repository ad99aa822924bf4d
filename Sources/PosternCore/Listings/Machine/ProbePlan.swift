// SPDX-License-Identifier: Apache-2.0

/// When a listing of one kind is probed.
public struct ProbePlan: Hashable, Sendable {
    /// The plan's name, as a listing remembers it.
    public var name: String
    /// The wait before each probe in turn; the last one repeats.
    ///
    /// At least one, each a second or more.
    public var intervals: [Duration]
    /// Whether another's list stands behind it that we can ask ourselves: no probe while that still names us.
    public var waitsForDNS: Bool

    /// A plan; without an interval it waits an hour each time.
    public init(_ name: String, _ intervals: [Duration], waitsForDNS: Bool = false) {
        self.name = name
        self.intervals = intervals.isEmpty ? [.hours(1)] : intervals.map { max($0, .seconds(1)) }
        self.waitsForDNS = waitsForDNS
    }

    /// The wait before the probe of a step; a step beyond the last waits as long as the last.
    public func interval(_ step: Int) -> Duration {
        intervals[min(max(step, 0), intervals.count - 1)]
    }
}
