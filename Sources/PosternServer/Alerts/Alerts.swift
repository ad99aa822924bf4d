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
        /// Whether a provider's mail waits at the moment, or is refused where listings are only observed, so that an alert
        /// sent there would not arrive.
        var isPaused: @Sendable (Provider) -> Bool
        /// What waits of each paused provider; `nil` while it is not known.
        var waiting: @Sendable () -> [ProviderBacklog]?
    }

    /// What was said since it was last taken.
    struct Said: Sendable {
        /// What happened, in order.
        var alerts: [Repeated] = []
        /// How many alerts found no room.
        var dropped = 0

        /// Adds an alert; a burst of one sender takes one place, so that nothing else is lost by it.
        mutating func add(_ alert: Alert) {
            if let index = alerts.lastIndex(where: { $0.alert.subject == alert.subject }),
                alerts[index].alert.kind == alert.kind
            {
                alerts[index].alert = alert
                alerts[index].times += 1
            } else if alerts.count < Alerts.capacity {
                alerts.append(Repeated(alert: alert))
            } else {
                dropped += 1
            }
        }
    }

    /// One alert, and how often the same was said about the same, the latest last.
    struct Repeated: Sendable {
        var alert: Alert
        var times = 1
    }

    private struct State {
        var said = Said()
        var providers = Providers(serving: { _ in nil }, isPaused: { _ in false }, waiting: { nil })
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
        state.withLock { $0.said.add(alert) }
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
