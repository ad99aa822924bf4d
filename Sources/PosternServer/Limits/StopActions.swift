// SPDX-License-Identifier: Apache-2.0
internal import StatusModel

/// Orders for senders whom a tripwire stopped.
///
/// What is held already is Postfix's, and freed by `postern free`.
struct StopActions: ActionHandler {
    let stops: StoppedSenders

    func perform(_ action: StatusAction, by user: String) async throws -> ActionReport? {
        guard case .freeSender(let sender) = action else { return nil }
        let wasStopped = stops.free(sender)
        return ActionReport(
            applied: wasStopped,
            message: wasStopped ? "\(sender) may send again" : "no tripwire has stopped \(sender)")
    }
}
