// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import PosternCore
internal import StatusModel

/// `GET /v1/held`: the messages that wait for an operator; `GET /v1/messages/:queueID`: the story of one message.
struct MailResource: StatusResource {
    private static let mostMessages = 20

    let board: StatusBoard

    func add(to router: StatusRouter) {
        router.get("/v1/held") { [board] _, _ in
            guard let held = board.held.value else {
                throw Refusal.absent("held messages", advice: "set modes.limits to \"enforce\"")
            }
            return try JSONAnswer(held)
        }
        router.get("/v1/messages/:queueID") { [board] _, context in
            guard let desk = board.desk else {
                throw Refusal.absent("stories of messages", advice: "they are kept in the ledger: set mail-log.source")
            }
            let text = context.parameters.get("queueID") ?? ""
            guard QueueID(text) != nil else { throw Refusal(.badRequest, "\(text) is not a queue ID") }
            let story = try await desk.ask { try MailStory(of: text, in: $0, limit: Self.mostMessages) }
            guard !story.isEmpty else {
                throw Refusal(.notFound, "nothing is known of \(text)", advice: "messages are remembered for 14 days")
            }
            return try JSONAnswer(story)
        }
    }
}
