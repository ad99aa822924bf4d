// SPDX-License-Identifier: Apache-2.0

/// Whether one provider takes mail from our address, as far as its replies tell.
///
/// A pause by hand lies over any of these and changes none; while it lasts nothing is let out, and clean time does not count.
public enum ListingState: Hashable, Sendable, Codable {
    /// No refusal is remembered; mail flows as it comes.
    /// → `slowed` at two precursors within ten minutes; → `listed` at one unmistakable refusal.
    case clear
    /// The provider throttles us; its mail waits and is let out on a small budget.
    /// → `listed` at the first refusal; → `reopening` when it has been clean for long enough.
    case slowed(since: Moment, clean: CleanRun)
    /// The provider refuses our address; its mail waits.
    /// → `probing` at `probeAt`, or at `latest` where a block list that we can ask still names us; → `reopening` when enough
    /// messages that went another way were accepted, or by hand.
    case listed(since: Moment, probeAt: Moment, latest: Moment)
    /// One message is let through to see; `tried` were, and told nothing.
    /// → `listed` for longer if refused, for as long again if it tells nothing; → `reopening` after three accepts, by hand, or
    /// when nothing has waited for so long that a probe cannot be had.
    case probing(since: Moment, stage: ProbeStage, tried: [QueueID])
    /// The provider takes mail again; it is let out at `rate` messages a minute, which doubles each clean ten minutes.
    /// → `clear` at the provider's usual rate; → `listed` for longer at the first refusal.
    case reopening(since: Moment, rate: Int, clean: CleanRun)

    /// The state's word.
    public var name: Name {
        switch self {
        case .clear: .clear
        case .slowed: .slowed
        case .listed: .listed
        case .probing: .probing
        case .reopening: .reopening
        }
    }

    /// The word for a state, without its times.
    public enum Name: String, Hashable, Sendable, CaseIterable, Codable {
        /// Mail flows.
        case clear
        /// Mail is let out slowly.
        case slowed
        /// Mail waits.
        case listed
        /// One message is let through.
        case probing
        /// Mail is let out, faster and faster.
        case reopening
    }

    /// The message that is let through now.
    public var runningProbe: Probe? {
        if case .probing(_, .letThrough(let probe, _, _), _) = self { probe } else { nil }
    }
}
