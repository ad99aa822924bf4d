// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import StatusModel

/// `GET /v1/listings` and `/v1/listings/PROVIDER`.
struct ListingsResource: StatusResource {
    let board: StatusBoard

    func add(to router: StatusRouter) {
        router.get("/v1/listings") { [board] _, _ in try JSONAnswer(board.listingsReport) }
        router.get("/v1/listings/:provider") { [board] _, context in
            try JSONAnswer(await board.details(of: context.parameters.require("provider")))
        }
    }
}
