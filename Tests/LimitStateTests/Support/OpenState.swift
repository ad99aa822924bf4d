// SPDX-License-Identifier: Apache-2.0
import LimitState
import PosternCore

/// The state of a folder, whose calls can stand in an expectation.
final class OpenState {
    private var state: LimitState

    init(_ folder: String, _ told: Told, fresh: HashKey = .first, at wall: Moment = .noon) {
        state = LimitState(directory: folder, fresh: fresh, at: wall) { told.tell($0) }
    }

    var start: LimitState.Start { state.start }

    /// All counters, by rule and the lower half of the key.
    var counters: [String: LimitRecord] {
        var found: [String: LimitRecord] = [:]
        state.readCounters(at: .noon) { rule, record in found["\(rule) \(record.key.low)"] = record }
        return found
    }

    var stops: [StoppedSender] { state.readStops(at: .noon) }

    func sender(of key: SenderKey) -> (name: String, seen: Moment)? { state.sender(of: key, at: .noon) }

    func attempt(_ batch: LimitBatch, at moment: Moment = .noon, forgettingBefore oldest: Moment? = nil)
        -> LimitState.Outcome
    {
        state.write(batch, anchor: .at(moment), forgettingBefore: oldest ?? moment - .hours(48))
    }

    @discardableResult
    func write(_ batch: LimitBatch, at moment: Moment = .noon, forgettingBefore oldest: Moment? = nil) -> Bool {
        attempt(batch, at: moment, forgettingBefore: oldest).isWritten
    }

    func close() { state.close() }
}
