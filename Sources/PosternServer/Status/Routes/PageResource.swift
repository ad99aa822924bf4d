// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import Ledger
internal import PosternCore
internal import StatusModel
internal import StatusPage

/// `GET /` and `/listings/PROVIDER`: the pages for people.
struct PageResource: StatusResource {
    let board: StatusBoard

    /// Kinds of refusals on the first page.
    private static let refusals = 12

    func add(to router: StatusRouter) {
        router.get("/") { [board] request, _ in
            let range = try Question(request, knows: ["range"]).choice("range", default: HistoryRange.day)
            var facts = OverviewPage.Facts(
                status: board.status, listings: board.listingsReport, history: board.histories.value[range],
                senders: board.senders.value, held: board.held.value, now: board.now)
            if let desk = board.desk {
                let query = RejectionQuery(since: board.now - .hours(24), limit: Self.refusals)
                // The page is there to say what is amiss; a ledger that cannot be read must not keep it from it.
                facts.rejections = (try? await desk.ask { try $0.rejections(query).map { RejectionReport($0) } }) ?? []
            }
            return Self.response(OverviewPage(facts, range: range).page(nonce: Self.nonce))
        }
        router.get("/listings/:provider") { [board] _, context in
            let details = try await board.details(of: context.parameters.require("provider"))
            return Self.response(
                ListingPage(details, version: Version.text, now: board.now).page(nonce: Self.nonce))
        }
    }

    private static func response(_ page: PageFrame.Page) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .contentSecurityPolicy: page.policy],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page.html)))
    }

    /// 128 bits of the system's random numbers.
    private static var nonce: String {
        var random = SystemRandomNumberGenerator()
        return String(random.next(), radix: 16) + String(random.next(), radix: 16)
    }
}
