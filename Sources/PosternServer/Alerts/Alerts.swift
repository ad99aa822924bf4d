// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Synchronization

/// Where every part of Postern says what people should know.
///
/// Whoever says it never waits: it is put into a bounded queue, from which ``AlertService`` takes it. What does not fit is
/// counted, and the count is told with what comes next.
final class Alerts: Sendable {
    /// How providers stand, by what the listings know.
    struct Providers: Sendable {
        /// Who serves a domain, given in lower case.
        var serving: @Sendable (_ domain: String) -> Provider?
        /// Whether a provider's mail waits at the moment, so that an alert sent there would wait too.
        var isPaused: @Sendable (Provider) -> Bool
    }

    /// What was said since it was last taken.
    struct Said: Sendable {
        /// What happened, in order.
        var alerts: [Alert] = []
        /// What waits, the latest of each provider.
        var waiting: [Provider: Waiting] = [:]
        /// How many alerts found no room.
        var dropped = 0
    }

    /// What waits of a provider.
    struct Waiting: Sendable {
        let count: Int
        let oldest: Moment?
    }

    private struct State {
        var said = Said()
        var providers = Providers(serving: { _ in nil }, isPaused: { _ in false })
    }

    /// The most alerts that wait to be taken.
    static let capacity = 256

    private let state = Mutex(State())
    private let bell: AsyncStream<Void>.Continuation
    /// Rings when something was said; for one listener.
    let rings: AsyncStream<Void>

    init() {
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that something happened; from any thread, and never waits.
    func raise(_ alert: Alert) {
        state.withLock { state in
            guard state.said.alerts.count < Self.capacity else {
                state.said.dropped += 1
                return
            }
            state.said.alerts.append(alert)
        }
        ring()
    }

    /// Says what waits of a provider now; each few minutes while something does, and once when nothing does any more.
    func waits(_ count: Int, of provider: Provider, since oldest: Moment?) {
        state.withLock { $0.said.waiting[provider] = Waiting(count: count, oldest: oldest) }
        ring()
    }

    /// Asks the listings from now on who serves a domain, and whose mail waits.
    func ask(_ providers: Providers) {
        state.withLock { $0.providers = providers }
    }

    /// How providers stand.
    var providers: Providers { state.withLock { $0.providers } }

    /// Takes what was said.
    func take() -> Said {
        state.withLock { state in
            defer { state.said = Said() }
            return state.said
        }
    }

    /// Has the listener look, though nothing was said.
    func ring() {
        bell.yield()
    }
}
