// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Ledger
internal import PosternCore
internal import PostfixTools
internal import StatusModel

/// Orders for what limits hold, and for senders whom a tripwire stopped.
///
/// Only what the ledger knows as ours is let go; what somebody else put on hold is his.
struct HeldActions: ActionHandler {
    let stops: StoppedSenders
    /// Where the records are; `nil` where none are kept.
    let records: LedgerDesk?
    let ledger: Ledger?
    let helper: QueueHelperClient
    let queue: PostQueue

    func perform(_ action: StatusAction, by user: String) async throws -> ActionReport? {
        switch action {
        case .freeMessage(let text):
            guard let id = QueueID(text), try await held().contains(where: { $0.queueID == id }) else {
                throw Refusal(.notFound, "no limit holds a message \(text)", advice: "postern held lists them")
            }
            let count = try await free([id])
            return ActionReport(applied: count > 0, message: count > 0 ? "freed \(text)" : "\(text) is on hold no more")
        case .freeSender(let sender):
            let count = try await free(held().filter { $0.sender == sender }.map(\.queueID))
            let wasStopped = stops.free(sender)
            let freed = count == 1 ? "freed 1 message" : "freed \(count) messages"
            let message =
                switch (wasStopped, count) {
                case (false, _): freed
                case (true, 0): "\(sender) may send again"
                case (true, _): "\(freed); \(sender) may send again"
                }
            return ActionReport(applied: count > 0 || wasStopped, message: message)
        case .pause, .resume, .probe, .delistingRequested, .reload: return nil
        }
    }

    private func held() async throws -> [HeldMail] { try await records?.ask { try $0.held() } ?? [] }

    /// Has messages released and tried, and their records taken out.
    private func free(_ ids: [QueueID]) async throws -> Int {
        guard !ids.isEmpty else { return 0 }
        let outcome = try await CommandRunner.offThread { [helper] () throws(CommandError) in
            Result { () throws(QueueHelperError) in try helper.perform(.release(ids)) }
        }
        let count: Int
        do throws(QueueHelperError) {
            count = try outcome.get()
        } catch {
            throw Refusal(.serviceUnavailable, "\(error)")
        }
        for id in ids {
            ledger?.record(.notHeld(id))
            // Released mail is deferred mail: Postfix itself would leave it for minutes. It does try it, in time.
            try? await queue.deliver(id)
        }
        return count
    }
}
