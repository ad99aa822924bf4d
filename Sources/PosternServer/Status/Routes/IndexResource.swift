// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird

/// `GET /v1`: what can be asked.
struct IndexResource: StatusResource {
    private let paths: [String]

    /// The index of the routes that a router has by now, itself included.
    init(_ router: StatusRouter) {
        paths = (router.routes.map { "\($0.method) \($0.path)" } + ["GET /v1"]).filter { $0.contains(" /v1") }.sorted()
    }

    func add(to router: StatusRouter) {
        router.get("/v1") { _, _ in try JSONAnswer(["resources": paths]) }
    }
}
