// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

extension Moment {
    /// The wall clock's time.
    static var now: Moment { Moment(milliseconds: HostClock.microseconds(CLOCK_REALTIME) / 1000) }
}

/// The number of this process.
let processID = getpid()
