// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Ledger
internal import PosternCore

/// What the ledger keeps of one step of a listing, as the JSON of an event's detail.
struct ListingEventDetail: Hashable, Sendable, Codable {
    var provider: String
    var family: String?
    var from: String?
    var to: String?
    var why: String?
    var token: String?
    var address: String?
    var rule: String?
    var domain: String?
    var queueID: String?
    var outcome: String?
    var applied: Bool?
    var until: Int64?

    init(provider: Provider, family: AddressFamily? = nil) {
        self.provider = provider.name
        self.family = family?.rawValue
    }

    /// The detail of an event, read back; `nil` if it is another kind's.
    init?(json: String) {
        guard let detail = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = detail
    }

    /// As it is stored.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension LedgerEvent {
    /// A step of a listing; `nil` for a refusal, which the ledger keeps among the refusals.
    init?(
        _ record: ListingRecord, of key: ListingKey, cause: ListingCause?, evidence: ListingNote.Evidence?
    ) {
        var detail = ListingEventDetail(provider: key.provider, family: key.family)
        let kind: Kind
        let time: Moment
        switch record {
        case .refusal: return nil
        case .transition(let from, let to, let why, let moment):
            time = moment
            kind = from == .clear ? .listingOpened : to == .clear ? .listingClosed : .listingChanged
            detail.from = from.rawValue
            detail.to = to.rawValue
            detail.why = why.rawValue
            detail.token = cause?.token
            detail.address = cause?.listedAddress
            detail.rule = cause?.rule
            detail.domain = evidence?.domain
            detail.queueID = evidence?.queueID?.description
        case .probe(let probe, let outcome, let moment):
            time = moment
            kind = .probe
            detail.domain = probe.domain
            detail.queueID = probe.queueID.description
            detail.outcome = outcome.rawValue
        case .clockSetBack(_, let moment):
            time = moment
            kind = .listingChanged
            detail.why = "clock-set-back"
        case .manualPauseEnded(let moment):
            time = moment
            kind = .listingChanged
            detail.why = "manual-pause-ended"
        }
        self.init(time: time, kind: kind, detail: detail.json)
    }

    /// An order, and who gave it.
    static func audit(
        _ action: ManualAction, of provider: Provider, by who: String, wasApplied: Bool, at moment: Moment
    ) -> LedgerEvent {
        var detail = ListingEventDetail(provider: provider)
        detail.applied = wasApplied
        detail.why = action.word
        if case .pause(let until) = action { detail.until = until?.seconds }
        return LedgerEvent(time: moment, kind: .manual, who: who, detail: detail.json)
    }
}

extension ManualAction {
    /// The command's word.
    var word: String {
        switch self {
        case .pause: "pause"
        case .resume: "resume"
        case .probe: "probe"
        case .delistingRequested: "delisting-requested"
        }
    }
}
