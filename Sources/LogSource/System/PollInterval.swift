// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// How long a follower waits before it looks without having been woken.
enum PollInterval {
    /// In milliseconds for poll(2), from 10 ms, which is no load, to a day.
    static func milliseconds(_ interval: Duration) -> Int32 {
        Int32(clamping: min(max(interval.wholeMilliseconds, 10), 86_400_000))
    }
}
