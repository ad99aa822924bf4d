// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Hummingbird

/// A value as the JSON body of an answer, keys in a stable order.
struct JSONAnswer: ResponseGenerator {
    private let body: Data

    init(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        body = try encoder.encode(value)
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
