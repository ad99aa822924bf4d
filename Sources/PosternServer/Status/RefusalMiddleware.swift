// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import Ledger

/// Makes an answer of every error, and says of each answer that it is not to be kept, guessed at or framed.
struct RefusalMiddleware: RouterMiddleware {
    typealias Context = StatusContext

    func handle(
        _ request: Request, context: StatusContext, next: (Request, StatusContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            try HostRule.check(request)
            response = try await next(request, context)
        } catch {
            response = try refusal(for: error).response(from: request, context: context)
        }
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }

    private func refusal(for error: any Error) -> Refusal {
        switch error {
        case let refusal as Refusal: refusal
        case let error as LedgerError: Refusal(.serviceUnavailable, "the ledger cannot be asked: \(error)")
        case let error as HTTPError where error.status == .notFound: .nothingHere
        case let error as HTTPError: Refusal(error.status, error.body ?? error.status.reasonPhrase)
        default: Refusal(.internalServerError, "\(error)")
        }
    }
}
