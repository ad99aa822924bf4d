// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

extension Moment {
    /// The wall clock's time.
    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// The number of this process.
let processID = getpid()
