// SPDX-License-Identifier: Apache-2.0

/// A point of time on the clock of the event that it belongs to, in milliseconds since 1970-01-01T00:00:00Z.
///
/// The core never asks a clock. Whoever tells it of an event also tells when that event was, so that old news is
/// known as old, and a test or a replay can play a night in a millisecond.
public struct Moment: Hashable, Comparable, Sendable {
    /// Milliseconds since the Unix epoch; negative before it.
    public var milliseconds: Int64

    /// A moment so many milliseconds after the Unix epoch.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// A moment so many whole seconds after the Unix epoch.
    public init(seconds: Int64) {
        milliseconds = seconds.multipliedReportingOverflow(by: 1000).partialValue
    }

    /// Whole seconds since the Unix epoch, rounded down.
    public var seconds: Int64 {
        milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
    }

    /// The earlier moment comes first.
    public static func < (left: Moment, right: Moment) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The moment that lies `duration` after this one; saturates instead of overflowing.
    public static func + (moment: Moment, duration: Duration) -> Moment {
        let (sum, overflow) = moment.milliseconds.addingReportingOverflow(duration.wholeMilliseconds)
        return Moment(milliseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    /// The moment that lies `duration` before this one; saturates instead of overflowing.
    public static func - (moment: Moment, duration: Duration) -> Moment {
        let (difference, overflow) = moment.milliseconds.subtractingReportingOverflow(duration.wholeMilliseconds)
        return Moment(milliseconds: overflow ? (duration < .zero ? .max : .min) : difference)
    }

    /// How long after `earlier` this moment is; negative if it is before.
    public func since(_ earlier: Moment) -> Duration {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return .milliseconds(overflow ? (self < earlier ? .min : .max) : difference)
    }
}

extension Duration {
    /// This duration in milliseconds, cut towards zero; saturates at the ends of `Int64`.
    public var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, tooFar) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return tooFar ? (seconds < 0 ? .min : .max) : sum
    }

    /// So many minutes.
    public static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }

    /// So many hours.
    public static func hours(_ count: Int) -> Duration { .seconds(3600 * count) }
}
