// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore
internal import Synchronization

/// What the parts did to mail since the ledger was told last.
///
/// What is common, a signature or its absence, is counted elsewhere without a lock and only told apart here; a limit that
/// was passed is rare, so that its sender may be noted under one.
final class DeedLog: Sendable {
    private struct Touched: Hashable {
        let kind: Deed.Kind
        let subject: String
    }

    /// Senders noted until the ledger is told, at most.
    private static let most = 1000

    private struct State {
        var touched: [Touched: Int] = [:]
        var told: [Touched: Int] = [:]
        var ledger: Ledger?
    }

    private let counters: SigningCounters
    private let state = Mutex(State())

    init(_ counters: SigningCounters) {
        self.counters = counters
    }

    /// Names the ledger that is told.
    func tell(_ ledger: Ledger?) {
        state.withLock { $0.ledger = ledger }
    }

    /// A limit touched a sender.
    func note(_ kind: Deed.Kind, _ subject: String) {
        let touched = Touched(kind: kind, subject: subject)
        state.withLock { state in
            guard state.touched[touched] != nil || state.touched.count < Self.most else { return }
            state.touched[touched, default: 0] += 1
        }
    }

    /// Tells the ledger what was done since the last time.
    func drain(at now: Moment) {
        var counted = [Touched(kind: .signed, subject: ""): counters.signed.value]
        for (reason, count) in counters.unsignedByReason where reason != .notSubmitted {
            counted[Touched(kind: .unsigned, subject: reason.rawValue)] = count
        }
        let (deeds, ledger) = state.withLock { state -> ([Touched: Int], Ledger?) in
            var deeds = state.touched
            for (touched, count) in counted { deeds[touched] = count - (state.told[touched] ?? 0) }
            state.touched = [:]
            state.told = counted
            return (deeds, state.ledger)
        }
        guard let ledger else { return }
        for (touched, count) in deeds where count > 0 {
            ledger.record(
                .deed(
                    Deed(
                        time: now, kind: touched.kind, subject: touched.subject.isEmpty ? nil : touched.subject,
                        count: count)))
        }
    }
}
