// SPDX-License-Identifier: Apache-2.0
internal import Exposition
internal import Glibc

/// How long the work at a message's end takes.
final class MailLatencies: Sendable {
    /// Making the signatures.
    let sign = Histogram()
    /// From the end of the message to our verdict, the wait for a local user's uid included.
    let verdict = Histogram()

    /// Does something and notes how long it took.
    static func timing<Result, Failure: Error>(
        _ histogram: Histogram, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = HostClock.microseconds(CLOCK_MONOTONIC)
        defer { histogram.observe(microseconds: HostClock.microseconds(CLOCK_MONOTONIC) - start) }
        return try body()
    }
}
