// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A stretch of time up to now, and the steps in which it is shown.
public enum HistoryRange: String, Codable, Hashable, Sendable, CaseIterable {
    /// The last hour, by the minute.
    case hour = "1h"
    /// The last 24 hours, by quarters of an hour.
    case day = "24h"
    /// The last 7 days, by two hours.
    case week = "7d"
    /// The last 30 days, by eight hours.
    case month = "30d"

    /// How much time it covers.
    public var length: Duration {
        switch self {
        case .hour: .hours(1)
        case .day: .hours(24)
        case .week: .hours(24 * 7)
        case .month: .hours(24 * 30)
        }
    }

    /// One step.
    public var step: Duration {
        switch self {
        case .hour: .minutes(1)
        case .day: .minutes(15)
        case .week: .hours(2)
        case .month: .hours(8)
        }
    }

    /// How many steps it has, the running one included.
    public var steps: Int { Int(length.wholeMilliseconds / step.wholeMilliseconds) }

    /// Where the first step begins, so that `now` lies in the last.
    public func start(before now: Moment) -> Moment {
        let step = step.wholeMilliseconds
        let passed = (now.milliseconds % step + step) % step
        return now - .milliseconds(passed + step * Int64(steps - 1))
    }
}
