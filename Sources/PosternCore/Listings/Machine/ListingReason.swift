// SPDX-License-Identifier: Apache-2.0

/// Why a listing changed its state.
public enum ListingReason: String, Hashable, Sendable, CaseIterable {
    /// Two precursors within a short time.
    case precursors
    /// A refusal because of our address.
    case refused
    /// The time for a probe has come.
    case probeDue
    /// The longest wait has passed.
    case longestWait
    /// Enough messages were accepted.
    case accepted
    /// Messages were let through, and told nothing about our address.
    case inconclusive
    /// The log, or who chooses the probe, did not answer in time.
    case unanswered
    /// Nothing was refused for long enough.
    case clean
    /// Nothing waited for so long that there was nothing to probe with.
    case nothingWaiting
    /// A pause by hand ended the round.
    case paused
    /// By hand.
    case byHand
}
