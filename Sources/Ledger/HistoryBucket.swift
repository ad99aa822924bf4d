// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// The widths in which deliveries are counted; the narrower, the sooner forgotten.
public enum HistoryBucket: Sendable {
    /// A minute, kept for two days.
    case minute
    /// An hour.
    case hour
    /// A day in UTC.
    case day

    /// How long a bucket is.
    public var length: Duration {
        switch self {
        case .minute: .minutes(1)
        case .hour: .hours(1)
        case .day: .hours(24)
        }
    }

    /// The table and its first column.
    var table: (name: String, column: String) {
        switch self {
        case .minute: ("delivery_minute", "minute")
        case .hour: ("delivery_hour", "hour")
        case .day: ("delivery_day", "day")
        }
    }

    /// The number of the bucket in which a moment lies, counted since the Unix epoch.
    func number(of moment: Moment) -> Int64 {
        moment.seconds.dividedFloor(by: length.components.seconds)
    }
}
