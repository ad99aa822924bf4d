// SPDX-License-Identifier: Apache-2.0

/// Lets out at most so many in any interval of the window's length, and never has more than that under way.
///
/// Exact: it remembers when each was let out. A retry is let out again and counts again.
public struct ReleaseBudget: Hashable, Sendable, Codable {
    /// How many in a window; 0 lets nothing out.
    public private(set) var limit: Int
    /// The length of the window.
    public private(set) var windowMilliseconds: Int64
    /// When each of the last ones was let out, oldest first; at most `limit` of them once the window has passed.
    private(set) var releases: [Moment] = []
    /// What is under way, and since when.
    private(set) var underWay: [QueueID: Moment] = [:]
    /// Nothing is under way for longer than since then.
    private var oldestUnderWay: Moment?

    /// The largest limit: what one host can let out a minute, and what is worth remembering.
    public static let largestLimit = 10_000

    /// What is under way for longer than this is taken as lost: the log never told.
    static let patience = Duration.minutes(15)

    /// A budget; a negative limit is none, and the window is a millisecond at least.
    public init(limit: Int = 0, window: Duration = .minutes(1)) {
        self.limit = min(max(limit, 0), Self.largestLimit)
        windowMilliseconds = max(window.wholeMilliseconds, 1)
    }

    /// How many are under way.
    public var underWayCount: Int { underWay.count }

    /// Changes the limit from now on; what was let out before counts.
    public mutating func changeLimit(to limit: Int) {
        self.limit = min(max(limit, 0), Self.largestLimit)
    }

    /// Asks to let a message out now.
    /// - Returns: Whether it may go; if so, it is counted and under way.
    public mutating func take(_ id: QueueID, at now: Moment) -> Bool {
        forget(at: now)
        guard releases.count < limit, underWay.count < limit, underWay[id] == nil else { return false }
        releases.append(now)
        underWay[id] = now
        oldestUnderWay = oldestUnderWay ?? now
        return true
    }

    /// The log told what became of a message, by a line of this stamp; one from before it was let out tells nothing.
    /// - Returns: Whether it was one of these.
    @discardableResult
    public mutating func ended(_ id: QueueID, at moment: Moment) -> Bool {
        // Stamps are often cut to the second.
        guard let start = underWay[id], moment >= start - .milliseconds(999) else { return false }
        underWay.removeValue(forKey: id)
        return true
    }

    /// Whether a message was let out and the log has not told of it.
    public func isUnderWay(_ id: QueueID) -> Bool { underWay[id] != nil }

    /// How many could go now.
    public func available(at now: Moment) -> Int {
        var later = self
        later.forget(at: now)
        return max(0, limit - max(later.releases.count, later.underWay.count))
    }

    /// When one more can go if nothing ends before; `nil` if the limit is 0.
    public func nextRelease(after now: Moment) -> Moment? {
        guard limit > 0 else { return nil }
        var later = self
        later.forget(at: now)
        var due = now
        if later.releases.count >= limit {
            due = later.releases[later.releases.count - limit] + window
        }
        if later.underWay.count >= limit {
            let starts = later.underWay.values.sorted()
            due = max(due, starts[starts.count - limit] + Self.patience)
        }
        return due
    }

    /// Sets all times back by as much as the clock was set back.
    mutating func setBack(by duration: Duration) {
        releases = releases.map { $0 - duration }
        underWay = underWay.mapValues { $0 - duration }
        oldestUnderWay = oldestUnderWay.map { $0 - duration }
    }

    private var window: Duration { .milliseconds(windowMilliseconds) }

    private mutating func forget(at now: Moment) {
        let window = window
        if let first = releases.first, now.since(first) >= window {
            releases.removeFirst(releases.firstIndex { now.since($0) < window } ?? releases.count)
        }
        if let oldest = oldestUnderWay, now.since(oldest) >= Self.patience {
            underWay = underWay.filter { now.since($0.value) < Self.patience }
            oldestUnderWay = underWay.values.min()
        }
    }
}
