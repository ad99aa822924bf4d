// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import StatusModel

/// `GET /v1/held`: the messages that wait for an operator.
struct MailResource: StatusResource {
    let board: StatusBoard

    func add(to router: StatusRouter) {
        router.get("/v1/held") { [board] _, _ in
            guard let held = board.held.value else {
                throw Refusal.absent("held messages", advice: "set modes.limits to \"enforce\"")
            }
            return try JSONAnswer(held)
        }
    }
}
