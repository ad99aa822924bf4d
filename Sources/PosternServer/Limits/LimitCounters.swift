// SPDX-License-Identifier: Apache-2.0

/// What the limits did since the daemon started.
final class LimitCounters: Sendable {
    /// Messages that passed, but would not have if the limits were enforced or their rule acted.
    let observed = Counter()
    /// Messages accepted into the hold queue.
    let held = Counter()
    /// Recipients refused for now or for good.
    let refusedRecipients = Counter()
    /// Messages refused as a whole.
    let refusedMessages = Counter()
}
