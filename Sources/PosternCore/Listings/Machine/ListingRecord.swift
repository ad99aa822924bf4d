// SPDX-License-Identifier: Apache-2.0

/// What the ledger keeps of a listing.
public enum ListingRecord: Hashable, Sendable {
    /// The state changed.
    case transition(from: ListingState.Name, to: ListingState.Name, why: ListingReason, at: Moment)
    /// A refusal was heard; `isOld` where it came too late to pause anything.
    case refusal(ListingEvidence, domain: String, queueID: QueueID?, isOld: Bool, at: Moment)
    /// A message was let through; what came of it.
    case probe(Probe, ProbeOutcome, at: Moment)
    /// The clock was set back by so much; the listing's times went with it.
    case clockSetBack(Duration, at: Moment)
    /// A pause by hand ended because its time was up.
    case manualPauseEnded(at: Moment)
}
