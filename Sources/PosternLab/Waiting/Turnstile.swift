// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Lets a few at a time pass, in the order in which they came.
final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var queue: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(width: Int) { state = Mutex(State(free: width)) }

    /// Runs `body` when its turn has come.
    func pass<Answer: Sendable>(_ body: () async throws -> Answer) async rethrows -> Answer {
        await withCheckedContinuation { sleeper in
            let isFree = state.withLock { state in
                if state.free == 0 {
                    state.queue.append(sleeper)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { sleeper.resume() }
        }
        defer { leave() }
        return try await body()
    }

    /// The place is handed to the next, or set free.
    private func leave() {
        let next = state.withLock { state in
            if state.queue.isEmpty {
                state.free += 1
                return nil as CheckedContinuation<Void, Never>?
            }
            return state.queue.removeFirst()
        }
        next?.resume()
    }
}
