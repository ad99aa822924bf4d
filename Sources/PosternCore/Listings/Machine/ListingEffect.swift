// SPDX-License-Identifier: Apache-2.0

/// What the world has to do because a listing changed.
public enum ListingEffect: Hashable, Sendable {
    /// Publish routes for all domains of the provider: mail waits with this text, until the lease ends.
    case openPause(text: String, until: Moment)
    /// Publish the same routes with a longer lease.
    case renewLease(until: Moment)
    /// Take the provider's routes away.
    case endPause
    /// Choose a probe among what waits, and answer with `probeChosen` or `nothingWaiting`.
    case chooseProbe(ProbeWish)
    /// Nothing waits; say `mailWaiting` as soon as something does.
    case armed
    /// Publish a route for this recipient to the probe's transport, until the lease ends, then `postqueue -i` the message.
    case releaseProbe(Probe, until: Moment)
    /// Take the probe's route away.
    case withdrawProbe(Probe)
    /// So much may be let out from now on.
    case budgetChanged(ReleaseAllowance)
    /// Write it to the ledger.
    case record(ListingRecord)
    /// Tell people.
    case alert(ListingAlert)
    /// Write to the ledger who ordered what, and whether it changed anything.
    case audit(ManualAction, by: String, wasApplied: Bool, at: Moment)
}
