// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird

/// `POST /v1/alerts/test`: sends a test as the daemon sends alerts, and answers with what became of it.
///
/// With the daemon's own rights, program and knowledge of paused providers: nothing else would prove the way. It counts
/// among the notices of the hour, so nobody can make a flood by it.
struct AlertTestResource: StatusResource {
    let alerts: AlertService
    let desk: ActionDesk

    func add(to router: StatusRouter) {
        router.post("/v1/alerts/test") { request, context in
            // A browser names the page that a POST comes from; no page has an order to give.
            guard request.headers[.origin] == nil else {
                throw Refusal(.forbidden, "a web page may not give orders", advice: "use the postern command")
            }
            // Each test takes the place of an alert in its hour.
            try await desk.admit(await Peer.of(context.channel), to: "send a test alert")
            guard let delivery = await alerts.test() else {
                throw Refusal(
                    .tooManyRequests, "as many notices as alerts.hourly went out in the past hour",
                    advice: "wait, or raise alerts.hourly")
            }
            return try JSONAnswer(delivery)
        }
    }
}
