// SPDX-License-Identifier: Apache-2.0
internal import StatusModel
internal import Synchronization

/// Tells those who listen what happens, as it happens.
///
/// Who does not keep up misses the oldest news; whoever tells never waits.
final class EventHub: Sendable {
    /// One piece of news.
    enum News: Sendable {
        /// Something happened.
        case event(EventReport)
        /// A few seconds passed: figures may have changed.
        case tick
    }

    /// Listeners at once, at most: each holds a connection.
    static let mostListeners = 16
    /// News that waits for one listener, at most.
    private static let backlog = 64

    private struct Listeners {
        var next = 0
        var all: [Int: AsyncStream<News>.Continuation] = [:]
    }

    private let listeners = Mutex(Listeners())

    /// Tells all listeners.
    func publish(_ news: News) {
        for listener in listeners.withLock({ Array($0.all.values) }) { listener.yield(news) }
    }

    /// Whether somebody listens.
    var isHeard: Bool { listeners.withLock { !$0.all.isEmpty } }

    /// News from now on, until the listener lets go; `nil` if there are too many listeners.
    func listen() -> AsyncStream<News>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: News.self, bufferingPolicy: .bufferingNewest(Self.backlog))
        let number = listeners.withLock { listeners -> Int? in
            guard listeners.all.count < Self.mostListeners else { return nil }
            listeners.next += 1
            listeners.all[listeners.next] = continuation
            return listeners.next
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { $0.all[number] = nil }
        }
        return stream
    }
}
