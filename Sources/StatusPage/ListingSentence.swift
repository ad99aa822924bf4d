// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import StatusModel

/// How a listing stands, in a sentence or two.
struct ListingSentence {
    private let listing: ListingReport
    private let now: Moment

    init(_ listing: ListingReport, at now: Moment) {
        self.listing = listing
        self.now = now
    }

    var text: String {
        var text = state
        if let code = listing.code { text += " It said \(code)." }
        if let address = listing.listedAddress { text += " It names \(address)." }
        if let by = listing.pausedBy {
            let until = listing.pausedUntil.map { " until \(Wording.clock($0))" } ?? ""
            text += " Paused by \(by)\(until)."
        }
        return text
    }

    private var state: String {
        let since = listing.since.map { " for \(Wording.span(now.since($0.moment)))" } ?? ""
        switch ListingState.Name(rawValue: listing.state) {
        case .clear: return "It takes our mail."
        case .slowed: return "It has slowed us down\(since); mail is let out slowly."
        case .listed:
            let next = listing.probeAt.map { probe in
                probe.moment > now
                    ? "; the next probe is in \(Wording.span(probe.moment.since(now)))" : "; a probe is due"
            }
            return "It has refused our address\(since); mail is kept\(next ?? "")."
        case .probing: return "One message is let through to see whether it takes our mail again."
        case .reopening:
            let rate = listing.rate.map { ", \($0) a minute" } ?? ""
            return "It takes our mail again; what waited is let out\(rate)."
        case nil: return "Its state is \(listing.state)."
        }
    }
}
