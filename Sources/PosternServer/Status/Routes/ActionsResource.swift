// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Hummingbird
internal import Ledger
internal import PosternCore
internal import Settings
internal import StatusModel

/// The `POST` routes: what root and the configured group may order.
///
/// Everything that is ordered stands in the ledger.
struct ActionsResource: StatusResource {
    let desk: ActionDesk

    /// What a body may hold.
    private struct Order: Decodable {
        /// For how long, such as `2h`; until further notice where it is left out.
        var duration: String?
        /// Whose messages.
        var sender: String?

        private enum CodingKeys: String, CodingKey {
            case duration = "for", sender
        }
    }

    /// More than this no order has.
    private static let largestBody = 16 * 1024

    func add(to router: StatusRouter) {
        router.post("/v1/listings/:provider/pause") { request, context in
            let order = try await order(in: request)
            return try await perform(
                .pause(provider: try context.parameters.require("provider"), until: try desk.moment(order.duration)),
                request, context)
        }
        router.post("/v1/listings/:provider/resume") { request, context in
            try await perform(.resume(provider: try context.parameters.require("provider")), request, context)
        }
        router.post("/v1/listings/:provider/probe") { request, context in
            try await perform(.probe(provider: try context.parameters.require("provider")), request, context)
        }
        router.post("/v1/listings/:provider/delisting-requested") { request, context in
            try await perform(
                .delistingRequested(provider: try context.parameters.require("provider")), request, context)
        }
        router.post("/v1/held/:queueID/free") { request, context in
            try await perform(.freeMessage(queueID: try context.parameters.require("queueID")), request, context)
        }
        router.post("/v1/held/free") { request, context in
            guard let sender = try await order(in: request).sender else {
                throw Refusal(.badRequest, "no sender is named", advice: #"send {"sender": "login:…"}"#)
            }
            return try await perform(.freeSender(sender), request, context)
        }
        router.post("/v1/reload") { request, context in try await perform(.reload, request, context) }
    }

    private func perform(
        _ action: StatusAction, _ request: Request, _ context: StatusContext
    ) async throws -> JSONAnswer {
        // A browser names the page that a POST comes from; no page has an order to give.
        guard request.headers[.origin] == nil else {
            throw Refusal(.forbidden, "a web page may not give orders", advice: "use the postern command")
        }
        return try JSONAnswer(await desk.perform(action, by: await Peer.of(context.channel)))
    }

    private func order(in request: Request) async throws -> Order {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.largestBody)
        } catch {
            throw Refusal(.contentTooLarge, "the body is larger than \(Self.largestBody) bytes")
        }
        if body.readableBytes == 0 { return Order() }
        do {
            return try JSONDecoder().decode(Order.self, from: Data(body.readableBytesView))
        } catch {
            throw Refusal(.badRequest, "the body is not the JSON object that is wanted")
        }
    }
}
