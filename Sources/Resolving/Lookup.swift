// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// One question on its way; it is answered once, by whoever comes first: the DNS, the deadline, or a cancelled task.
final class Lookup: Sendable {
    let name: QueryName
    let type: RecordType
    let deadline: ContinuousClock.Instant

    private struct State {
        var answer: RecordAnswer?
        var asker: CheckedContinuation<RecordAnswer, Never>?
        /// Whether the library is done with it.
        var hasReturned = false
    }

    private let state = Mutex(State())

    init(_ name: QueryName, _ type: RecordType, until deadline: ContinuousClock.Instant) {
        self.name = name
        self.type = type
        self.deadline = deadline
    }

    /// Whether nobody waits for it any more.
    var isFinished: Bool { state.withLock { $0.answer != nil } }

    /// Whether the library is done with it, so that its place is free.
    var hasReturned: Bool { state.withLock { $0.hasReturned } }

    /// Waits for the answer; for one asker.
    var answer: RecordAnswer {
        get async {
            await withTaskCancellationHandler {
                await withCheckedContinuation { asker in
                    let known = state.withLock { state in
                        if state.answer == nil { state.asker = asker }
                        return state.answer
                    }
                    if let known { asker.resume(returning: known) }
                }
            } onCancel: {
                finish(.failed(.closed))
            }
        }
    }

    /// The first answer counts.
    func finish(_ answer: RecordAnswer) {
        let asker = state.withLock { state -> CheckedContinuation<RecordAnswer, Never>? in
            guard state.answer == nil else { return nil }
            state.answer = answer
            defer { state.asker = nil }
            return state.asker
        }
        asker?.resume(returning: answer)
    }

    /// The library answers.
    func returned(_ answer: RecordAnswer) {
        state.withLock { $0.hasReturned = true }
        finish(answer)
    }
}
