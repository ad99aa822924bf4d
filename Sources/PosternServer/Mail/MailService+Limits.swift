// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import Milter
internal import PosternCore

extension MailService {
    /// Performs what the limits say of a message: lets it go, holds or refuses it; counts and logs.
    func limitsSay(
        _ verdict: MessageLimits.Verdict, of gate: LimitGate, queueID: String, _ message: MilterMessage
    ) -> MilterVerdict {
        let sender = gate.identity.sender?.name ?? "-"
        for breach in gate.observed {
            limitCounters.observed.increment()
            log.notice("\(queueID): \(sender) is \(reason(breach, gate)); it passes, as this only observes")
        }
        switch verdict {
        case .accept: return .proceed
        case .hold(let breach):
            do {
                try message.quarantine(reason: reason(breach, gate))
                limitCounters.held.increment()
                log.warning("\(queueID): held: \(sender) is \(reason(breach, gate))")
            } catch {
                // A limiter that cannot hold must not stop mail.
                log.error("\(queueID): cannot be held: \(error)")
            }
            return .proceed
        case .refuse(let breach):
            limitCounters.refusedMessages.increment()
            log.warning("\(queueID): refused: \(sender) is \(reason(breach, gate))")
            return LimitReplies.refusal(of: breach)
        }
    }

    private func reason(_ breach: Breach, _ gate: LimitGate) -> String {
        LimitReplies.reason(of: breach, rule: gate.rule(of: breach)?.name ?? "limit")
    }
}
