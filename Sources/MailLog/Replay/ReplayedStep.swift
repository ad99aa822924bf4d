// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One step of a listing: it changed its state, or a probe told something.
public struct ReplayedStep: Hashable, Sendable, Codable {
    /// When, by the stamps of the log.
    public var moment: Moment
    /// The provider.
    public var provider: String
    /// The kind of our address, `v4` or `v6`.
    public var family: AddressFamily
    /// The state before and after; `nil` for a probe.
    public var from: ListingState.Name?
    /// The state after.
    public var to: ListingState.Name?
    /// Why the state changed, or what came of the probe, in the words of `ListingReason` and `ProbeOutcome`.
    public var why: String
    /// The probe's queue ID.
    public var queueID: String?

    /// The step that a record tells of; `nil` for a refusal, which is told elsewhere, and for what moves only times.
    init?(_ record: ListingRecord, of key: ListingKey) {
        provider = key.provider.name
        family = key.family
        switch record {
        case .transition(let from, let to, let why, let moment):
            self.moment = moment
            self.from = from
            self.to = to
            self.why = why.rawValue
        case .probe(let probe, let outcome, let moment):
            self.moment = moment
            why = outcome.rawValue
            queueID = probe.queueID.description
        case .refusal, .clockSetBack, .manualPauseEnded: return nil
        }
    }
}
