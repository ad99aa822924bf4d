// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Hummingbird
internal import StatusModel

/// An answer that is no success: what is wrong and what to do, as JSON.
struct Refusal: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    let problem: Problem

    init(_ status: HTTPResponse.Status, _ error: String, advice: String = "") {
        self.status = status
        problem = Problem(error: error, advice: advice)
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var response = try JSONAnswer(problem).response(from: request, context: context)
        response.status = status
        return response
    }

    /// Nothing stands at that path.
    static var nothingHere: Refusal {
        Refusal(.notFound, "nothing stands there", advice: "GET /v1 names what does")
    }

    /// A part that would answer does not run.
    static func absent(_ part: String, advice: String) -> Refusal {
        Refusal(.serviceUnavailable, "\(part) are not kept now", advice: advice)
    }
}
