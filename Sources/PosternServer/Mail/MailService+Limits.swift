// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import Logging
internal import Milter
internal import PosternCore

extension MailService {
    /// Performs what the limits say of a message: lets it go, holds or refuses it; counts and logs.
    func limitsSay(
        _ verdict: MessageLimits.Verdict, of gate: LimitGate, from origin: Origin, queueID: String,
        _ message: MilterMessage
    ) -> LimitOutcome {
        let sender = gate.identity.sender?.name ?? "-"
        for breach in gate.observed {
            limitCounters.observed.increment()
            deeds.note(.overObserved, sender)
            log.notice("\(queueID): \(sender) is \(reason(breach, gate)); it passes, as this only observes")
            raise(.senderLimited, of: sender, breach, rule: gate.rule(of: breach), isActedOn: false)
        }
        switch verdict {
        case .accept: return .passed
        case .hold(let breach):
            let rule = gate.rule(of: breach)
            // Mail of sendmail(1) is never put off: it would loop in maildrop.
            if origin != .sendmail, let rule, held.isFull(of: gate.identity.sender, most: rule.heldAtMost) {
                limitCounters.refusedMessages.increment()
                log.warning("\(queueID): refused: \(rule.heldAtMost) messages of \(sender) are held already")
                return .refused(LimitReplies.refusal(whileHeld: breach))
            }
            do {
                try message.quarantine(reason: reason(breach, gate))
                limitCounters.held.increment()
                deeds.note(.held, sender)
                log.warning("\(queueID): held: \(sender) is \(reason(breach, gate))")
                raise(.senderHeld, of: sender, breach, rule: rule)
                return .held(rule: rule?.name ?? "limit", reason: reason(breach, gate))
            } catch {
                // A limiter that cannot hold must not stop mail.
                log.error("\(queueID): cannot be held: \(error)")
            }
            return .passed
        case .refuse(let breach):
            limitCounters.refusedMessages.increment()
            deeds.note(.refused, sender)
            log.warning("\(queueID): refused: \(sender) is \(reason(breach, gate))")
            raise(.senderLimited, of: sender, breach, rule: gate.rule(of: breach))
            return .refused(LimitReplies.refusal(of: breach))
        }
    }

    /// Has people told that a sender is over a limit.
    func raise(
        _ kind: AlertKind, of sender: String, _ breach: Breach?, rule: LimitRule? = nil, isActedOn: Bool = true
    ) {
        var facts: [AlertFact] = []
        if let breach { facts.append(AlertFact(.limit, .text(breach.rate.description))) }
        if let rule { facts.append(AlertFact(.rule, .text(rule.name))) }
        alerts.raise(Alert(kind, about: sender, at: now(), isActedOn: isActedOn, facts: facts))
    }

    private func reason(_ breach: Breach, _ gate: LimitGate) -> String {
        LimitReplies.reason(of: breach, rule: gate.rule(of: breach)?.name ?? "limit")
    }
}
