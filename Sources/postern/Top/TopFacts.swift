// SPDX-License-Identifier: Apache-2.0
internal import PosternServer
internal import StatusModel

/// What `top` shows.
struct TopFacts {
    var status: StatusReport
    var listings: ListingsReport
    var history: DeliveryHistory?

    /// Asks the daemon.
    /// - Throws: ``StatusClient/Failure``; without a ledger there is no history, and that is no error.
    init(_ client: StatusClient) async throws {
        status = try await client.get("/v1/status", as: StatusReport.self)
        listings = try await client.get("/v1/listings", as: ListingsReport.self)
        do {
            history = try await client.get("/v1/deliveries?range=1h", as: DeliveryHistory.self)
        } catch StatusClient.Failure.refused {
            history = nil
        }
    }
}
