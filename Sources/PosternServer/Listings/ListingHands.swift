// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import PosternCore
internal import PostfixTools

/// What is done to Postfix because of the listings.
struct ListingHands: Sendable {
    let queue: PostQueue
    let helper: QueueHelperClient
    let log: Logger

    /// Does one thing; what cannot be done is logged, and Postfix's own schedule takes care of the message.
    func perform(_ task: ListingTask) async {
        do throws(CommandError) {
            switch task {
            case .deliver(let id): try await queue.deliver(id)
            case .giveUp(let id): try await giveUp(id)
            case .reloadQueueManager(let provider): await reload("mail for \(provider.name) is in its hands")
            case .reopenRoutes: await reload("the table of routes was begun anew")
            case .alert, .record, .say: break
            }
        } catch {
            log.error("\(error)")
        }
    }

    /// Has Postfix take a message for too old, and try it: the pause answers, and it goes back with the pause's words.
    private func giveUp(_ id: QueueID) async throws(CommandError) {
        let outcome = try await CommandRunner.offThread { [helper] () throws(CommandError) in
            Result { () throws(QueueHelperError) in try helper.perform(.expire([id])) }
        }
        switch outcome {
        case .success:
            log.notice("\(id): has waited for as long as it may; it is returned")
            try await queue.deliver(id)
        case .failure(let error): log.warning("\(id): has waited for as long as it may, and waits on: \(error)")
        }
    }

    /// Without the helper, what qmgr(8) holds is tried once more: the status filter keeps it in the queue then.
    private func reload(_ why: String) async {
        let outcome = try? await CommandRunner.offThread { [helper] () throws(CommandError) in
            Result { () throws(QueueHelperError) in try helper.perform(.reloadQueueManager) }
        }
        switch outcome {
        case .success: log.notice("had qmgr(8) begin anew: \(why)")
        case .failure(let error): log.warning("qmgr(8) goes on as it is: \(error)", metadata: ["because": "\(why)"])
        case nil: break
        }
    }
}
