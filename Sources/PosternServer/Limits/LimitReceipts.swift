// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire
internal import Synchronization

/// What was counted of late, by queue ID: to be given back if the log tells that somebody after us refused the message.
///
/// A line of a file can be forged by whoever may write to syslog, and must not refill a limit: only a message that does
/// not become active within `patience` is believed to be refused, for qmgr's line cannot be kept from coming. A receipt
/// is kept until qmgr takes the message, for ten minutes at most, and of so many messages at most.
final class LimitReceipts: Sendable {
    private struct Receipt: Sendable {
        var gate: LimitGate
        /// When the log told of a refusal.
        var refusedAt: Moment?
    }

    /// Two generations, the older forgotten after five minutes or when the younger is full.
    private struct Shelf: Sendable {
        var younger: [QueueID: Receipt] = [:]
        var older: [QueueID: Receipt] = [:]
        var refused: [QueueID] = []
        var turnedAt = Moment(milliseconds: 0)
    }

    private static let capacity = 4096
    private static let generation = Duration.minutes(5)
    private static let patience = Duration.seconds(5)

    private let shelf = Mutex(Shelf())

    /// A message that was counted goes its way.
    func counted(_ id: QueueID, _ gate: LimitGate, at moment: Moment) {
        shelf.withLock { shelf in
            if shelf.younger.count >= Self.capacity || moment.since(shelf.turnedAt) >= Self.generation {
                shelf.older = shelf.younger
                shelf.younger = [:]
                shelf.turnedAt = moment
            }
            shelf.younger[id] = Receipt(gate: gate)
        }
    }

    /// The log tells something of a message.
    func heard(_ event: LogEvent, of id: QueueID, at moment: Moment) {
        switch event {
        case .activated: forget(id)
        case .policy(let decision) where decision.refusesMessage: refused(id, at: moment)
        default: break
        }
    }

    /// Gives back what has been refused for long enough; to be called now and then.
    func giveBack(at moment: Moment) {
        let due = shelf.withLock { shelf in
            var due: [LimitGate] = []
            shelf.refused.removeAll { id in
                guard let receipt = shelf.younger[id] ?? shelf.older[id], let refused = receipt.refusedAt else {
                    return true
                }
                guard moment.since(refused) >= Self.patience else { return false }
                shelf.younger[id] = nil
                shelf.older[id] = nil
                due.append(receipt.gate)
                return true
            }
            return due
        }
        for var gate in due { gate.giveBack(at: moment) }
    }

    private func forget(_ id: QueueID) {
        shelf.withLock { shelf in
            if shelf.younger.removeValue(forKey: id) == nil { shelf.older[id] = nil }
        }
    }

    private func refused(_ id: QueueID, at moment: Moment) {
        shelf.withLock { shelf in
            guard shelf.refused.count < Self.capacity else { return }
            if shelf.younger[id] != nil {
                guard shelf.younger[id]?.refusedAt == nil else { return }
                shelf.younger[id]?.refusedAt = moment
            } else {
                guard let receipt = shelf.older[id], receipt.refusedAt == nil else { return }
                shelf.older[id]?.refusedAt = moment
            }
            shelf.refused.append(id)
        }
    }
}

extension PolicyRecord {
    /// Whether nothing of the message is left after this decision.
    fileprivate var refusesMessage: Bool {
        switch action {
        case .reject, .milterReject, .proxyReject, .discard, .milterDiscard:
            stage == .endOfMessage || stage == .content || stage == .data
        case .hold, .milterHold, .notice: false
        }
    }
}
