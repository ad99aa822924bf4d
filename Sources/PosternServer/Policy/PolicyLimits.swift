// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import PosternCore
internal import PostfixWire
internal import Synchronization

/// The limits for sites that ask for them by `check_policy_service`.
///
/// At RCPT each recipient counts when it is asked about, at DATA or at the end of the message all at once, whichever stage
/// asks first. Unlike a milter, a policy service never hears that a client gave a message up or that Postfix refused it
/// after all: nothing is given back for that. At DATA only the number of recipients is known if there are several, so
/// those that would not count, such as postmaster, count too.
final class PolicyLimits: Sendable {
    var counters: PolicyCounters { mail.policyCounters }
    private let mail: MailService
    private let recent = Mutex(Recent())

    private struct Recent {
        var messages = RecentMessages()
        /// Whose rules the messages were counted by.
        var limiter: ShardedLimiter?
    }

    init(_ mail: MailService) {
        self.mail = mail
    }

    /// Answers one request.
    func answer(_ request: PolicyRequest) -> PolicyReply {
        counters.requests.increment()
        if !request.isReadable { counters.unreadable.increment() }
        let policy = mail.policy
        guard request.stage != .other, policy.limitsAt == .policy, let limiter = policy.limiter else { return .dunno }
        let moment = mail.limitMoment
        if request.queueID.isEmpty { mail.held.asked(about: request.instance) }
        let (outcome, identity) = recent.withLock { recent in
            if recent.limiter !== limiter {
                recent.messages.rulesChanged()
                recent.limiter = limiter
            }
            return recent.messages.withMessage(request.instance) {
                PolicyMessage(identity: policy.senders.identity(of: request.facts), stage: request.stage)
            } _: { message in
                (message.asked(request, limiter: limiter, senders: policy.senders, at: moment), message.identity)
            }
        }
        if policy.modes.limits == .enforce, let reason = mail.stops.reason(of: identity.sender, at: moment) {
            if outcome.recipients > 0, !outcome.isContinued {
                tell(.held, of: outcome, request, identity, limit: ("tripwire", reason))
            }
            return .hold(reason)
        }
        let bounded = boundedHold(outcome, of: identity, rules: limiter.rules)
        if bounded.recipients > 0 { tell(bounded, request, identity, limiter.rules) }
        return reply(bounded, to: request, from: identity.sender?.name ?? "-", rules: limiter.rules)
    }

    /// Refuses for now what would be held, where as much of its sender is held as may be.
    private func boundedHold(
        _ outcome: PolicyMessage.Outcome, of identity: SenderIdentity, rules: LimitRules
    ) -> PolicyMessage.Outcome {
        guard case .hold(let breach) = outcome.verdict, rules.all.indices.contains(breach.rule),
            mail.held.isFull(of: identity.sender, most: rules.all[breach.rule].heldAtMost)
        else { return outcome }
        var refused = outcome
        refused.verdict = .refuse(
            Breach(rule: breach.rule, rate: breach.rate, over: .defer, retryAfter: breach.retryAfter))
        return refused
    }

    /// Tells those who listen what becomes of the message or the recipient that was asked about.
    private func tell(
        _ outcome: PolicyMessage.Outcome, _ request: PolicyRequest, _ identity: SenderIdentity, _ rules: LimitRules
    ) {
        switch outcome.verdict {
        case .accept: tell(.passed, of: outcome, request, identity)
        case .refuse: tell(.refused, of: outcome, request, identity)
        case .hold(let breach):
            let rule = rules.all.indices.contains(breach.rule) ? rules.all[breach.rule].name : "limit"
            tell(.held, of: outcome, request, identity, limit: (rule, LimitReplies.reason(of: breach, rule: rule)))
        }
    }

    private func tell(
        _ result: Submission.Outcome, of outcome: PolicyMessage.Outcome, _ request: PolicyRequest,
        _ identity: SenderIdentity, limit: (rule: String, reason: String)? = nil
    ) {
        let hearers = mail.submissionHearers
        guard !hearers.isEmpty, case .accountable(let sender, let senderClass) = identity else { return }
        var submission = Submission(
            queueID: QueueID(request.queueID), at: mail.now(), sender: sender, class: senderClass,
            envelopeSender: request.sender, recipients: result == .refused ? 0 : outcome.recipients, outcome: result)
        submission.refusedRecipients = result == .refused ? outcome.recipients : 0
        submission.subSender = SubSender(of: sender, originatingScript: nil, envelopeSender: request.sender)
        submission.client = ClientAddress(parsing: request.clientAddress)
        submission.isContinued = outcome.isContinued
        submission.holdingLimit = limit
        if !request.recipient.isEmpty { submission.addresses = [request.recipient] }
        for hearer in hearers { hearer.heard(submission) }
        if result == .held, submission.queueID == nil { mail.held.heard(submission, about: request.instance) }
    }

    /// Counts and logs what the limits say, and puts it in Postfix's words.
    private func reply(
        _ outcome: PolicyMessage.Outcome, to request: PolicyRequest, from sender: String, rules: LimitRules
    ) -> PolicyReply {
        let queueID = request.queueID.isEmpty ? "NOQUEUE" : request.queueID
        func rule(of breach: Breach) -> LimitRule? {
            rules.all.indices.contains(breach.rule) ? rules.all[breach.rule] : nil
        }
        func reason(_ breach: Breach) -> String {
            LimitReplies.reason(of: breach, rule: rule(of: breach)?.name ?? "limit")
        }
        for breach in outcome.observed {
            mail.limitCounters.observed.increment()
            mail.log.notice("\(queueID): \(sender) is \(reason(breach)); it passes, as this only observes")
            mail.raise(.senderLimited, of: sender, breach, rule: rule(of: breach), isActedOn: false)
        }
        switch outcome.verdict {
        case .accept: return .dunno
        case .hold(let breach):
            if !outcome.isRepeated {
                mail.limitCounters.held.increment()
                mail.log.warning("\(queueID): held: \(sender) is \(reason(breach))")
                mail.raise(.senderHeld, of: sender, breach, rule: rule(of: breach))
            }
            return .hold(reason(breach))
        case .refuse(let breach):
            mail.raise(.senderLimited, of: sender, breach, rule: rule(of: breach))
            if request.stage == .recipient {
                mail.limitCounters.refusedRecipients.increment()
            } else if !outcome.isRepeated {
                mail.limitCounters.refusedMessages.increment()
                mail.log.warning("\(queueID): refused: \(sender) is \(reason(breach))")
            }
            let text = LimitReplies.text(of: breach)
            return breach.over == .reject ? .refuse(text) : .refuseForNow(text)
        }
    }
}

extension PolicyRequest {
    /// How the message came in.
    fileprivate var facts: SubmissionFacts {
        let client = ClientAddress(parsing: clientAddress)
        let uid = login.isEmpty ? client.flatMap { LoopbackOwner.uid(of: $0, port: clientPort) } : nil
        return SubmissionFacts(
            entrance: .smtp(client), login: login, uid: uid, daemonName: context, envelopeSenderIsNull: sender.isEmpty)
    }
}
