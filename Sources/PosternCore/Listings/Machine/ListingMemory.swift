// SPDX-License-Identifier: Apache-2.0

/// All that a listing remembers: what is stored, and from which it goes on as if it had never stopped.
public struct ListingMemory: Hashable, Sendable, Codable {
    /// Where it stands.
    public var state = ListingState.clear
    /// What the running listing, or the last one, is about.
    public var cause: ListingCause?
    /// Which of the plan's intervals is being waited.
    public var step = 0
    /// How many waits there ever were; makes the next one's jitter another.
    public var waits: UInt64 = 0
    /// Accepts that count since the last refusal, oldest first; at most 8.
    public var accepts: [Witness] = []
    /// Precursors that may count together, oldest first; at most 16.
    public var precursors: [Witness] = []
    /// Unmistakable refusals that a customer can have worded, oldest first; at most 16.
    public var tenants: [Witness] = []
    /// The newest refusal because of our address, by its own stamp.
    public var lastRefusal: Moment?
    /// The recipient domain whose host refused the last probe.
    public var lastRefusedDomain: String?
    /// Whether the running round of probes heard that the door is open.
    public var heardDoorOpen = false
    /// Since when the running round could have let a probe through, had Postfix forgotten its last answer for it.
    var postponedSince: Moment?
    /// Whether people were told that the log does not tell of the probes.
    public var saidUnanswered = false
    /// When a request to be taken off the list was submitted for the running listing.
    public var delistingRequestedAt: Moment?
    /// Whether our own DNS query shows us on the list that stands behind; `nil` if it was not asked.
    public var isStillListedByDNS: Bool?
    /// The pause by hand that lies over the state.
    public var manualPause: ManualPause?
    /// Since when the log cannot be read.
    public var blindSince: Moment?
    /// When it last came back to `clear`.
    public var clearedAt: Moment?
    /// The text that the open pause was published with; `nil` if none is open.
    public var pauseText: String?
    /// When the pause's lease was last renewed.
    public var leasedAt: Moment?
    /// What may be let out, as it was last said.
    public var allowance = ReleaseAllowance.everything
    /// What was let out, and when.
    public var budget = ReleaseBudget()
    /// The latest time that was heard of.
    public var clock: Moment?

    /// Nothing is remembered.
    public init() {}
}
