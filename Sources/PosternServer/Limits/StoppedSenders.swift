// SPDX-License-Identifier: Apache-2.0
internal import LimitState
internal import PosternCore
internal import Synchronization

/// Whose mail is held because a tripwire tripped, until somebody frees them or their time is up.
final class StoppedSenders: Sendable {
    private struct State: Sendable {
        var stops: [String: StoppedSender] = [:]
        var hasChanged = false
    }

    /// More are stopped only when something is wrong with the wire, not with the senders.
    private static let most = 10_000

    private let state = Mutex(State())
    /// So that mail asks nothing while nobody is stopped.
    private let isAnybody = Atomic(false)

    /// Stops a sender, or lengthens its stop.
    /// - Returns: Whether it is stopped now.
    @discardableResult
    func stop(_ name: String, because reason: String, from now: Moment, for duration: Duration) -> Bool {
        let isStopped = state.withLock { state in
            guard state.stops[name] != nil || state.stops.count < Self.most else { return false }
            state.stops[name] = StoppedSender(
                name: name, since: state.stops[name]?.since ?? now, until: now + duration, reason: reason)
            state.hasChanged = true
            return true
        }
        if isStopped { isAnybody.store(true, ordering: .releasing) }
        return isStopped
    }

    /// Lets a sender's next mail go; what is held stays held.
    /// - Returns: Whether it was stopped.
    @discardableResult
    func free(_ name: String) -> Bool {
        state.withLock { state in
            guard state.stops.removeValue(forKey: name) != nil else { return false }
            state.hasChanged = true
            isAnybody.store(!state.stops.isEmpty, ordering: .releasing)
            return true
        }
    }

    /// Why a sender's mail is held; `nil` where it goes its way.
    func reason(of sender: Sender?, at now: Moment) -> String? {
        guard isAnybody.load(ordering: .acquiring), let name = sender?.name else { return nil }
        return state.withLock { state in
            guard let stop = state.stops[name], now < stop.until else { return nil }
            return stop.reason
        }
    }

    /// All that are stopped now, by name.
    func all(at now: Moment) -> [StoppedSender] {
        state.withLock { $0.stops.values.filter { now < $0.until } }.sorted { $0.name < $1.name }
    }

    /// Goes on from an earlier run.
    func restore(_ stops: [StoppedSender], at now: Moment) {
        let fresh = stops.filter { now < $0.until }.prefix(Self.most)
        state.withLock { state in
            for stop in fresh where state.stops[stop.name] == nil { state.stops[stop.name] = stop }
            isAnybody.store(!state.stops.isEmpty, ordering: .releasing)
        }
    }

    /// Forgets those whose time is up, and tells who is stopped, if that has changed since it was last asked.
    func takeChange(at now: Moment) -> [StoppedSender]? {
        state.withLock { state in
            let over = state.stops.values.filter { $0.until <= now }
            for stop in over { state.stops[stop.name] = nil }
            guard state.hasChanged || !over.isEmpty else { return nil }
            state.hasChanged = false
            isAnybody.store(!state.stops.isEmpty, ordering: .releasing)
            return Array(state.stops.values)
        }
    }

    /// Has all told again, for a store that has nothing of them.
    func noteChanged() {
        state.withLock { $0.hasChanged = true }
    }
}
