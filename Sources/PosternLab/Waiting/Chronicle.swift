// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// What happened, in order, and whoever waits for more of it.
///
/// Waiters are told when something is added; nobody polls. Memory is bounded: when the entries weigh more than `capacity`, the
/// oldest are forgotten, but positions keep counting.
public final class Chronicle<Entry: Sendable>: Sendable {
    private struct Waiter {
        let matches: @Sendable (Entry) -> Bool
        let start: Int
        var missing: Int
        var continuation: CheckedContinuation<Void, any Error>?
        var failure: (any Error)?

        /// How its waiting ends; `nil` as long as it has to sleep.
        func outcome(hasEnded: Bool) -> Result<Void, any Error>? {
            if missing <= 0 { return .success(()) }
            if let failure { return .failure(failure) }
            return hasEnded ? .failure(LabFailure.ended("", seen: "")) : nil
        }
    }

    private struct State {
        var entries: [Entry] = []
        var forgotten = 0
        var weight = 0
        var waiters: [Int: Waiter] = [:]
        var lastTicket = 0
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let weigh: @Sendable (Entry) -> Int

    /// An empty chronicle.
    /// - Parameters:
    ///   - capacity: How much all entries may weigh together.
    ///   - weigh: What one entry weighs, mostly its size in bytes.
    init(capacity: Int, weigh: @escaping @Sendable (Entry) -> Int) {
        self.capacity = capacity
        self.weigh = weigh
    }

    /// How many entries there have been; what is added next has this position.
    public var position: Int { state.withLock { $0.forgotten + $0.entries.count } }

    /// The remembered entries from `position` on that match.
    public func entries(from position: Int = 0, where matches: (Entry) -> Bool = { _ in true }) -> [Entry] {
        state.withLock { $0.entries.dropFirst(max(0, position - $0.forgotten)).filter(matches) }
    }

    /// Adds an entry and wakes whom it satisfies.
    func append(_ entry: Entry) {
        let satisfied = state.withLock { state in
            let position = state.forgotten + state.entries.count
            state.entries.append(entry)
            state.weight += weigh(entry)
            forget(in: &state)
            var satisfied: [CheckedContinuation<Void, any Error>] = []
            for (ticket, waiter) in state.waiters where position >= waiter.start && waiter.matches(entry) {
                state.waiters[ticket]?.missing -= 1
                guard waiter.missing <= 1, let sleeper = waiter.continuation else { continue }
                state.waiters[ticket] = nil
                satisfied.append(sleeper)
            }
            return satisfied
        }
        for sleeper in satisfied { sleeper.resume() }
    }

    /// Says that nothing will be added any more: whoever waits need not wait longer.
    func end() {
        let tickets = state.withLock { state in
            state.hasEnded = true
            return Array(state.waiters.keys)
        }
        for ticket in tickets { giveUp(ticket, LabFailure.ended("", seen: "")) }
    }

    /// Waits until `count` entries from `position` on match, those already there included.
    ///
    /// `wish` says what is waited for, in the message of a failure: "no … within …". Without a limit it waits for ever.
    /// - Throws: `LabFailure.late` or `.ended`; `CancellationError`.
    /// - Returns: All that match by then.
    public func wait(
        for wish: String, count: Int = 1, from position: Int = 0, within limit: Duration?,
        where matches: @escaping @Sendable (Entry) -> Bool
    ) async throws -> [Entry] {
        let ticket = state.withLock { state in
            let there = state.entries.dropFirst(max(0, position - state.forgotten)).count(where: matches)
            state.lastTicket += 1
            state.waiters[state.lastTicket] = Waiter(matches: matches, start: position, missing: count - there)
            return state.lastTicket
        }
        let clock = Task {
            guard let limit else { return }
            try await Task.sleep(for: limit)
            giveUp(ticket, LabFailure.late(wish, within: limit, seen: ""))
        }
        defer { clock.cancel() }
        do {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { sleep(ticket, $0) }
            } onCancel: {
                giveUp(ticket, CancellationError())
            }
        } catch LabFailure.ended(_, let seen) {
            throw LabFailure.ended(wish, seen: seen)
        }
        return entries(from: position, where: matches)
    }

    /// Parks a waiter, unless it is satisfied, or was given up, before it could sleep.
    private func sleep(_ ticket: Int, _ continuation: CheckedContinuation<Void, any Error>) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            guard var waiter = state.waiters[ticket] else { return .failure(CancellationError()) }
            let outcome = waiter.outcome(hasEnded: state.hasEnded)
            waiter.continuation = continuation
            state.waiters[ticket] = outcome == nil ? waiter : nil
            return outcome
        }
        if let outcome { continuation.resume(with: outcome) }
    }

    private func giveUp(_ ticket: Int, _ failure: any Error) {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard let sleeper = state.waiters[ticket]?.continuation else {
                state.waiters[ticket]?.failure = failure
                return nil
            }
            state.waiters[ticket] = nil
            return sleeper
        }
        sleeper?.resume(throwing: failure)
    }

    /// Drops the oldest quarter at once rather than one entry each time: an array's front is costly to remove.
    private func forget(in state: inout State) {
        guard state.weight > capacity else { return }
        var count = 0
        while state.weight > capacity / 4 * 3, count < state.entries.count {
            state.weight -= weigh(state.entries[count])
            count += 1
        }
        state.entries.removeFirst(count)
        state.forgotten += count
    }
}
