// SPDX-License-Identifier: Apache-2.0
internal import Delisting
internal import Ledger
internal import PosternCore

/// How one provider's listings went, by the ledger's events.
struct ListingCourse {
    /// The event with which a listing opened.
    struct Opening: Hashable {
        var at: Moment
        var token: String?
        var rule: String?
        var queueID: String?
        /// When the provider's mail began to wait, rather than to be slowed.
        var listedAt: Moment?
    }

    /// How the listing opened that is open now; `nil` if none is.
    private(set) var opening: Opening?
    /// Those that are over, the oldest first.
    private(set) var earlier: [DelistingFacts.Spell] = []
    /// When somebody last said that a request was sent, for the listing that is open.
    private(set) var requestedAt: Moment?

    /// The course of a provider; events the newest first, as the ledger gives them.
    init(of provider: Provider, in events: [LedgerEvent]) {
        // Each family of our addresses has a listing of its own.
        var open: [String: Opening] = [:]
        for event in events.reversed() {
            guard [.listingOpened, .listingChanged, .listingClosed, .manual].contains(event.kind),
                let detail = ListingEventDetail(json: event.detail), detail.provider == provider.name
            else { continue }
            let family = detail.family ?? ""
            switch event.kind {
            case .listingOpened:
                open[family] = Opening(
                    at: event.time, token: detail.token, rule: detail.rule, queueID: detail.queueID,
                    listedAt: detail.to == ListingState.Name.listed.rawValue ? event.time : nil)
            case .listingChanged:
                guard detail.to == ListingState.Name.listed.rawValue, open[family]?.listedAt == nil else { continue }
                open[family]?.listedAt = event.time
            case .listingClosed:
                guard let opened = open.removeValue(forKey: family) else { continue }
                earlier.append(.init(from: opened.at, until: event.time))
                requestedAt = nil
            default:
                if detail.why == ManualAction.delistingRequested.word, detail.applied == true {
                    requestedAt = event.time
                }
            }
        }
        opening = open.values.min { $0.at < $1.at }
        if opening == nil { requestedAt = nil }
    }
}
