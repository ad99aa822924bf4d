// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// How far local time is ahead of UTC, for stamps that do not say.
public struct LogZone: Sendable {
    /// Seconds east of UTC at a moment given in seconds since the Unix epoch.
    public let offset: @Sendable (Int64) -> Int

    /// A zone by its rule.
    public init(offset: @escaping @Sendable (_ seconds: Int64) -> Int) {
        self.offset = offset
    }

    /// The same distance all year, in seconds east of UTC.
    public static func fixed(_ seconds: Int) -> LogZone {
        LogZone { _ in seconds }
    }

    /// Universal time.
    public static let utc = fixed(0)

    /// This host's time zone (`TZ`, else /etc/localtime), as Postfix uses it too.
    public static let system = LogZone { seconds in
        var time = time_t(seconds)
        var parts = tm()
        guard localtime_r(&time, &parts) != nil else { return 0 }
        return parts.tm_gmtoff
    }

    /// The two distances that a local time may have: they differ only in the hour that occurs twice when clocks go back.
    ///
    /// `local` is that time in seconds as if it were UTC. A time that the clocks jumped over is read by the rule before
    /// the jump.
    func offsets(ofLocal local: Int64) -> (first: Int, second: Int) {
        let before = offset(local - 86_400)
        let after = offset(local + 86_400)
        guard before != after else { return (before, before) }
        let isBefore = offset(local - Int64(before)) == before
        let isAfter = offset(local - Int64(after)) == after
        switch (isBefore, isAfter) {
        case (true, true): return (before, after)
        case (false, true): return (after, after)
        case (true, false), (false, false): return (before, before)
        }
    }
}
