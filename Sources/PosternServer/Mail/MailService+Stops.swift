// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import Milter
internal import PosternCore

extension MailService {
    /// Why a message is held whatever its sender's limits say; `nil` where a tripwire did not stop the sender.
    func reasonToHold(_ message: MailSession.Message) -> String? {
        guard message.policy.modes.limits == .enforce else { return nil }
        return stops.reason(of: message.identity.sender, at: limitMoment)
    }

    /// Puts a message into Postfix's hold queue.
    /// - Returns: Whether that was possible; a guard that cannot hold must not stop mail.
    func hold(
        _ message: MilterMessage, queueID: String, of identity: SenderIdentity, because reason: String
    ) -> Bool {
        do {
            try message.quarantine(reason: reason)
            limitCounters.held.increment()
            log.warning("\(queueID): held: \(identity.sender?.name ?? "-") is stopped: \(reason)")
            return true
        } catch {
            log.error("\(queueID): cannot be held: \(error)")
            return false
        }
    }
}
