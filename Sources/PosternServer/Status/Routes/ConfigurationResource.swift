// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird

/// `GET /v1/configuration`: every key in force; no key file's contents, no password.
struct ConfigurationResource: StatusResource {
    let board: StatusBoard

    func add(to router: StatusRouter) {
        router.get("/v1/configuration") { [board] _, _ in
            try JSONAnswer(ConfigurationReport(board.configuration.value))
        }
    }
}
