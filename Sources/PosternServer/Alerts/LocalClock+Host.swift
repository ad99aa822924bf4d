// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

extension LocalClock {
    /// The host's own time, by /etc/localtime or TZ, as it holds at a moment.
    static func host(at moment: Moment) -> LocalClock {
        var seconds = time_t(moment.seconds)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return LocalClock(offset: 0) }
        return LocalClock(offset: parts.tm_gmtoff)
    }
}
