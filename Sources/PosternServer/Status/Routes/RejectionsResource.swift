// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import Ledger
internal import PosternCore
internal import StatusModel

/// `GET /v1/rejections`: what was refused, by whom and why.
struct RejectionsResource: StatusResource {
    let board: StatusBoard

    private static let parameters: Set<String> = ["since", "provider", "class", "sender", "code", "limit"]

    func add(to router: StatusRouter) {
        router.get("/v1/rejections") { [board] request, _ in
            let query = try Self.query(Question(request, knows: Self.parameters), at: board.now)
            guard let desk = board.desk else {
                throw Refusal.absent("refusals", advice: "they are kept in the ledger: set mail-log.source")
            }
            let found = try await desk.ask { try $0.rejections(query).map { RejectionReport($0) } }
            return try JSONAnswer(RejectionsReport(since: Timestamp(query.since), rejections: found))
        }
    }

    private static func query(_ question: Question, at now: Moment) throws -> RejectionQuery {
        let word = question.text("class")
        guard word.map({ ReplyClass(rawValue: $0) != nil }) ?? true else {
            let known = ReplyClass.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.badRequest, "class is one of \(known)")
        }
        return RejectionQuery(
            since: try question.moment("since", before: now, default: .hours(24)),
            provider: question.text("provider").map { Provider($0) },
            replyClass: word.flatMap { ReplyClass(rawValue: $0) }, sender: question.text("sender"),
            code: question.text("code"), limit: try question.integer("limit", in: 1...1000, default: 100))
    }
}
