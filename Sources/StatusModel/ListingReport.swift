// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// How one provider takes our mail, as far as its replies tell.
public struct ListingReport: Codable, Hashable, Sendable {
    /// The provider.
    public var provider: String
    /// The family of our address that this is about: `v4` or `v6`.
    public var family: String
    /// `clear`, `slowed`, `listed`, `probing` or `reopening`.
    public var state: String
    /// Since when it is in this state; `nil` where it is clear.
    public var since: Timestamp?
    /// When the next probe is due; `nil` where none is.
    public var probeAt: Timestamp?
    /// The message that is let through to see, now.
    public var probe: String?
    /// Messages a minute that may leave; `nil` where none may, or all.
    public var rate: Int?
    /// The code that the first refusal named, such as `S3150`.
    public var code: String?
    /// The reply rule that read it.
    public var rule: String?
    /// The address of ours that it named.
    public var listedAddress: String?
    /// When the newest refusal came.
    public var lastRefusal: Timestamp?
    /// The text with which mail waits, as the queue shows it; `nil` where none waits for a listing.
    public var pauseText: String?
    /// Who paused it by hand.
    public var pausedBy: String?
    /// When that pause ends by itself; `nil` if only by hand.
    public var pausedUntil: Timestamp?
    /// When a request to be taken off the list was sent.
    public var delistingRequestedAt: Timestamp?
    /// What waits for this provider in Postfix's queue; `nil` where that is not known.
    public var waiting: WaitingReport?

    /// Whether mail for the provider waits, by a listing or by hand.
    public var isOpen: Bool { state != ListingState.Name.clear.rawValue || pausedBy != nil }
}

extension ListingReport {
    /// A listing as the listings remember it.
    public init(_ entry: ListingsSnapshot.Entry, waiting: WaitingReport? = nil) {
        let memory = entry.memory
        provider = entry.key.provider.name
        family = entry.key.family.rawValue
        state = memory.state.name.rawValue
        code = memory.cause?.token
        rule = memory.cause?.rule
        listedAddress = memory.cause?.listedAddress
        lastRefusal = memory.lastRefusal.map(Timestamp.init)
        pauseText = memory.pauseText
        pausedBy = memory.manualPause?.by
        pausedUntil = memory.manualPause?.until.map(Timestamp.init)
        delistingRequestedAt = memory.delistingRequestedAt.map(Timestamp.init)
        self.waiting = waiting
        switch memory.state {
        case .clear: break
        case .slowed(let since, _): self.since = Timestamp(since)
        case .listed(let since, let probeAt, _):
            self.since = Timestamp(since)
            self.probeAt = Timestamp(probeAt)
        case .probing(let since, _, _):
            self.since = Timestamp(since)
            probe = memory.state.runningProbe?.queueID.description
        case .reopening(let since, let rate, _):
            self.since = Timestamp(since)
            self.rate = rate
        }
    }
}
