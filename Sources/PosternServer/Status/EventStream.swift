// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle
internal import StatusModel

/// News as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
struct EventStream: ResponseGenerator {
    let news: AsyncStream<EventHub.News>

    func response(from request: Request, context: some RequestContext) throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { [news] writer in
                try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
                for await item in news.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: Self.text(of: item)))
                }
                try await writer.finish(nil)
            })
    }

    /// One event in the stream; JSON text has no line end that could end it early.
    static func text(of news: EventHub.News) throws -> String {
        switch news {
        case .tick: return "event: tick\ndata: {}\n\n"
        case .event(let event):
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return "event: \(event.kind)\ndata: \(String(decoding: try encoder.encode(event), as: UTF8.self))\n\n"
        }
    }
}
