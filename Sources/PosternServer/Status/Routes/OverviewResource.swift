// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import StatusModel

/// `GET /v1/status`, `/v1/deliveries` and `/metrics`: the figures, all from memory.
struct OverviewResource: StatusResource {
    let board: StatusBoard

    func add(to router: StatusRouter) {
        router.get("/v1/status") { [board] _, _ in try JSONAnswer(board.status) }
        router.get("/v1/deliveries") { [board] request, _ in
            let range = try Question(request, knows: ["range"]).choice("range", default: HistoryRange.day)
            guard let history = board.histories.value[range] else {
                throw Refusal.absent("deliveries", advice: "they are looked up in the ledger: see the daemon's log")
            }
            return try JSONAnswer(history)
        }
        router.get("/metrics") { [board] _, _ in
            Response(
                status: .ok, headers: [.contentType: MetricsReport.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: MetricsReport.text(of: board))))
        }
    }
}
