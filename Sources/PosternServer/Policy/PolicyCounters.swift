// SPDX-License-Identifier: Apache-2.0

/// What Postfix's policy clients asked since the daemon started.
final class PolicyCounters: Sendable {
    /// Requests answered, whatever the answer.
    let requests = Counter()
    /// Of those, such as were no request of smtpd(8); answered with DUNNO.
    let unreadable = Counter()
    /// Connections closed because the peer sent a line or a request without end.
    let faults = Counter()
    /// Connections closed at once because there were too many.
    let turnedAway = Counter()
}
