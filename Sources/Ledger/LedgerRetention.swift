// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// How long the ledger remembers; what is older goes, a little at a time.
public struct LedgerRetention: Hashable, Sendable {
    /// How long a kind of refusal is kept after it was last seen, and its counts by the hour.
    public var refusals: Duration
    /// How long a recipient's address is kept: in its own column, in the words of a sample, and with the stories of single
    /// messages and attempts, which go as a whole.
    public var recipients: Duration
    /// How long the counts by the hour are kept, and the events but those of listings, which are kept for ever.
    public var hours: Duration
    /// How long the counts by the minute are kept.
    public var minutes: Duration
    /// How long the counts by the day are kept.
    public var days: Duration
    /// Kinds of refusals, at most; those not seen for longest go first, so that no peer's wording fills the disk.
    public var maximumKinds: Int
    /// Senders that are counted by name in one hour, at most; the rest of the hour is counted together.
    public var maximumSendersAnHour = 2000
    /// Single messages that are kept, at most; the oldest go first.
    public var maximumMessages = 500_000
    /// Single attempts to deliver that are kept, at most; the oldest go first.
    public var maximumAttempts = 1_000_000
    /// Complaints that are kept, at most; the oldest go first, for anybody may send us reports.
    public var maximumComplaints = 100_000

    /// Spans of at least nothing, and at least one kind.
    public init(
        refusals: Duration = .hours(24 * 90), recipients: Duration = .hours(24 * 14),
        hours: Duration = .hours(24 * 400), minutes: Duration = .hours(48), days: Duration = .hours(24 * 3653),
        maximumKinds: Int = 200_000
    ) {
        self.refusals = max(.zero, refusals)
        self.recipients = max(.zero, recipients)
        self.hours = max(.zero, hours)
        self.minutes = max(.zero, minutes)
        self.days = max(.zero, days)
        self.maximumKinds = max(1, maximumKinds)
    }
}
