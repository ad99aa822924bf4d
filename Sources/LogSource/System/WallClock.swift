// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

/// The time of day, which dates what happens to a source.
enum WallClock {
    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec) / 1_000_000)
    }
}
