// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// When something that is done once a day is done next.
enum NightlyHour {
    /// The first moment after `now`, by a clock `offset` seconds before UTC, that lies `jitter` after `hour` (0…23) begins.
    ///
    /// The jitter is there so that not all servers of the world ask at once.
    static func next(after now: Moment, hour: Int, jitter: Duration, offset: Int) -> Moment {
        let local = now + .seconds(offset)
        let day = local.seconds >= 0 ? local.seconds / 86_400 : (local.seconds - 86_399) / 86_400
        for ahead in 0...1 {
            let start = Moment(seconds: (day + Int64(ahead)) * 86_400 + Int64(hour) * 3600 - Int64(offset))
            if start + jitter > now { return start + jitter }
        }
        return now + .hours(24)
    }
}
