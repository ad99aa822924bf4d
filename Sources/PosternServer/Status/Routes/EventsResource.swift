// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import Ledger
internal import PosternCore
internal import StatusModel

/// `GET /v1/events` and, as they happen, `/v1/events/stream`.
struct EventsResource: StatusResource {
    let board: StatusBoard

    func add(to router: StatusRouter) {
        router.get("/v1/events") { [board] request, _ in
            let question = try Question(request, knows: ["since", "limit"])
            let since = try question.moment("since", before: board.now, default: .hours(24 * 7))
            let limit = try question.integer("limit", in: 1...1000, default: 100)
            guard let desk = board.desk else {
                throw Refusal.absent("events", advice: "they are kept in the ledger: set mail-log.source")
            }
            let events = try await desk.ask { try $0.events(since: since, limit: limit).map { EventReport($0) } }
            return try JSONAnswer(EventsReport(events: events))
        }
        router.get("/v1/events/stream") { [board] _, _ in
            guard let news = board.events.listen() else {
                throw Refusal(
                    .serviceUnavailable, "\(EventHub.mostListeners) listen already", advice: "ask /v1/events instead")
            }
            return EventStream(news: news)
        }
    }
}

extension EventReport {
    /// An event as the ledger keeps it.
    init(_ event: LedgerEvent) {
        self.init(at: Timestamp(event.time), kind: event.kind.rawValue, who: event.who, detail: event.detail)
    }
}
