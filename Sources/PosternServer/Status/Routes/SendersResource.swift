// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import Ledger
internal import NIOPosix
internal import PosternCore
internal import Settings

/// `GET /v1/senders?since=24h&by=volume|excess|held&sender=NAME&limit=50`: who sends how much, from the ledger.
struct SendersResource: StatusResource {
    private static let mostSenders = 500

    let directory: String
    let now: @Sendable () -> Moment

    func add(to router: StatusRouter) {
        router.get("/v1/senders") { request, _ in
            let query = try query(request)
            // SQLite blocks: not on the event loop, which also answers Postfix's policy clients.
            let reports = try await NIOThreadPool.singleton.runIfActive {
                try LedgerReader(directory: directory).senders(query).map { SenderActivityReport($0) }
            }
            return try JSONAnswer(reports)
        }
    }

    private func query(_ request: Request) throws -> SenderQuery {
        let parameters = request.uri.queryParameters
        func text(_ name: Substring) -> String? { parameters[name].map { String($0) } }
        let now = now()
        guard let span = Duration(written: text("since") ?? "24h") else {
            throw Refusal(.badRequest, "since is a duration such as 24h or 7d")
        }
        guard let order = SenderQuery.Order(rawValue: text("by") ?? "volume") else {
            throw Refusal(.badRequest, "by is volume, excess or held")
        }
        guard let limit = Int(text("limit") ?? "50"), (1...Self.mostSenders).contains(limit) else {
            throw Refusal(.badRequest, "limit is a number from 1 to \(Self.mostSenders)")
        }
        return SenderQuery(since: now - span, until: now, order: order, sender: text("sender"), limit: limit)
    }
}
