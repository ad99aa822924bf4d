// SPDX-License-Identifier: Apache-2.0

/// How a ledger works; the defaults suit a busy host.
public struct LedgerOptions: Hashable, Sendable {
    /// What is kept for how long.
    public var retention: LedgerRetention
    /// The longest that an entry waits in memory, 10 ms to 1 min: what a kill -9 can lose.
    public var interval: Duration
    /// Entries after which memory is written out at once.
    public var batch: Int
    /// Entries that may wait for the writer, at most; further ones are lost, and that is said.
    public var maximumWaiting: Int
    /// Kinds of refusals, buckets and events that may wait in memory while the disk cannot be written, at most of each.
    public var maximumKept: Int

    /// Options; what is out of range is taken as the nearest that is in range.
    public init(
        retention: LedgerRetention = LedgerRetention(), interval: Duration = .seconds(1), batch: Int = 5000,
        maximumWaiting: Int = 50_000, maximumKept: Int = 10_000
    ) {
        self.retention = retention
        self.interval = min(max(interval, .milliseconds(10)), .seconds(60))
        self.batch = max(1, batch)
        self.maximumWaiting = max(1, maximumWaiting)
        self.maximumKept = max(1, maximumKept)
    }
}
