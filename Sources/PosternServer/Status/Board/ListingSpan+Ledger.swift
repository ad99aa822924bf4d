// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Ledger
internal import PosternCore
internal import StatusModel

extension ListingSpan {
    /// What a listing's events say of themselves in their detail.
    private struct Detail: Decodable {
        var provider: String?
        var family: String?
        var to: String?
    }

    /// The times since `since` during which listings were open, by the ledger's events.
    /// - Throws: ``LedgerError``.
    static func spans(from ledger: LedgerReader, since: Moment) throws -> [ListingSpan] {
        // A listing may have opened long before the stretch that is shown.
        let events = try ledger.events(since: since - .hours(24 * 30), limit: LedgerReader.maximumLimit)
        return spans(of: events.reversed(), since: since)
    }

    /// The spans that events, the oldest first, tell of.
    static func spans(of events: some Sequence<LedgerEvent>, since: Moment) -> [ListingSpan] {
        var open: [String: ListingSpan] = [:]
        var spans: [ListingSpan] = []
        for event in events {
            guard [.listingOpened, .listingChanged, .listingClosed].contains(event.kind),
                let detail = try? JSONDecoder().decode(Detail.self, from: Data(event.detail.utf8)),
                let provider = detail.provider, let state = detail.to
            else { continue }
            let key = "\(provider)/\(detail.family ?? "")"
            if var span = open.removeValue(forKey: key) {
                span.until = Timestamp(event.time)
                if event.time >= since { spans.append(span) }
            }
            if event.kind != .listingClosed {
                open[key] = ListingSpan(provider: provider, state: state, from: Timestamp(event.time))
            }
        }
        return (spans + open.values).sorted { ($0.from, $0.provider) < ($1.from, $1.provider) }
    }
}
