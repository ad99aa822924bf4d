// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import Logging
internal import Milter
internal import PosternCore

/// One milter connection: follows each message, counts it against its sender's limits and signs what is ours.
///
/// No callback waits for disk, DNS or an actor; a signature is computed in place. The one wait is for the uid of local
/// mail, at its end, and bounded (`LocalSubmitters`).
final class MailSession: MilterSession {
    let service: MailService
    private(set) var origin = Origin.smtp(nil)
    private var message: Message?
    /// Set once it is decided that the message is signed.
    private var signer: MessageSigner?

    init(_ service: MailService) {
        self.service = service
    }

    func connected(host: UnsafeRawBufferPointer, address: MilterPeer?, _ context: MilterContext) -> MilterVerdict {
        origin = Origin(address)
        return .proceed
    }

    func envelopeSender(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict {
        giveUp()
        let policy = service.policy
        guard policy.modes.signing != .off || policy.modes.limits != .off else { return .proceed }
        let login = context.macroText(.authenticatedLogin) ?? ""
        let identity = policy.senders.identity(of: facts(login: login, arguments, context))
        let hearers = hearers(of: identity, policy)
        message = Message(
            policy: policy, login: login, identity: identity, isSubmitted: identity != .outsider,
            isUnproven: login.isEmpty && origin != .sendmail,
            needsMark: policy.modes.limits != .off || (login.isEmpty && origin != .sendmail),
            envelopeSender: arguments.plainAddress, gate: policy.gate(of: identity, from: origin), hearers: hearers,
            tale: hearers.isEmpty
                ? nil : SubmissionNotes(arguments, keepsAddresses: hearers.contains { $0.wantsAddresses }),
            header: SignableHeader(options: policy.options))
        return .proceed
    }

    func envelopeRecipient(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict {
        guard message?.gate != nil || message?.tale != nil else { return .proceed }
        let verdict = message?.take(recipient: arguments.plainAddress, at: service.limitMoment) ?? .proceed
        guard case .reply = verdict else { return verdict }
        service.limitCounters.refusedRecipients.increment()
        if let sender = message?.identity.sender { service.raise(.senderLimited, of: sender.name, nil) }
        return verdict
    }

    func header(
        name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, _ context: MilterContext
    ) -> MilterVerdict {
        message?.take(name: name, value: value)
        if origin == .sendmail, service.ownMail.isIdentified(byName: name, value: value) { isOurOwn(context) }
        return .proceed
    }

    func endOfHeaders(_ context: MilterContext) -> MilterVerdict {
        if origin != .sendmail { knowAgain() }
        guard let message else { return .proceed }
        let decision = decide(message)
        switch decision {
        case .sign(let domain) where message.policy.modes.signing == .enforce:
            guard let keys = message.policy.signer(of: domain) else { return leave(.signerFailed, message, context) }
            self.message?.keys = keys
            self.message?.signedBy = domain
            signer = MessageSigner(keys: keys.keys, header: message.header)
            return .proceed
        case .sign: return leave(.mode, message, context)
        case .leave(let reason): return leave(reason, message, context)
        }
    }

    func body(_ chunk: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict {
        signer?.body(chunk)
        message?.tale?.body(chunk.count)
        return .proceed
    }

    func endOfMessage(_ milterMessage: MilterMessage) -> MilterVerdict {
        MailLatencies.timing(service.latencies.verdict) { verdict(on: milterMessage) }
    }

    private func verdict(on milterMessage: MilterMessage) -> MilterVerdict {
        service.messagePassed()
        defer { forget() }
        let (outcome, limited) = limitVerdict(milterMessage)
        var verdict = limited
        if outcome != .refused, let message, let keys = message.keys, signer != nil {
            do {
                try MailLatencies.timing(service.latencies.sign) { try sign(milterMessage, message, keys) }
                self.message?.isSigned = true
                service.counters.signed.increment()
            } catch {
                verdict = failed(error, message, milterMessage.context)
            }
        }
        guard case .reply = verdict else {
            tell(outcome, milterMessage.context)
            return verdict
        }
        // What is refused has not left; whoever refused it.
        message?.gate?.giveBack(at: service.limitMoment)
        tell(.refused, milterMessage.context)
        return verdict
    }

    func aborted() {
        giveUp()
    }

    func closed() {
        giveUp()
    }

    /// The message is over without an end: what it counted is given back.
    private func giveUp() {
        message?.gate?.abandon(at: service.limitMoment)
        // One that lost recipients to a limit is worth a word though it never came to its end.
        if message?.tale?.isRefused == true { tell(.refused, nil) }
        forget()
    }

    private func forget() {
        message = nil
        signer = nil
    }

    /// The daemon's own mail meets no limit, and what becomes of it raises no alert.
    private func isOurOwn(_ context: MilterContext) {
        message?.gate = nil
        message?.tale = nil
        if let queueID = context.macroText(.queueID) { service.ownMail.queued(queueID) }
    }

    // MARK: Limits

    /// Who hears of the message: everybody where we count it, else nobody, as the policy service tells of it.
    private func hearers(of identity: SenderIdentity, _ policy: Policy) -> [any SubmissionHearer] {
        guard identity.sender != nil, policy.countsAtMilter(from: origin) else { return [] }
        return service.submissionHearers
    }

    /// Counts local mail, and says what the limits want done with the message.
    private func limitVerdict(_ milterMessage: MilterMessage) -> (Submission.Outcome, MilterVerdict) {
        guard let message, message.gate != nil || message.tale != nil || isStopped(message) else {
            return (.passed, .proceed)
        }
        let queueID = milterMessage.context.macroText(.queueID) ?? "-"
        if origin == .sendmail {
            let uid = service.submitters.uid(of: queueID)
            self.message?.identity = message.policy.senders.identity(of: SubmissionFacts(entrance: .sendmail, uid: uid))
            knowAgain()
        }
        if let stopped = self.message, let reason = service.reasonToHold(stopped),
            service.hold(milterMessage, queueID: queueID, of: stopped.identity, because: reason)
        {
            self.message?.gate?.giveBack(at: service.limitMoment)
            self.message?.holdingLimit = ("tripwire", reason)
            return (.held, .proceed)
        }
        guard let now = self.message,
            let verdict = self.message?.gate?.end(
                as: now.identity, subSender: now.subSender, at: service.limitMoment),
            let gate = self.message?.gate
        else { return (.passed, .proceed) }
        switch service.limitsSay(verdict, of: gate, from: origin, queueID: queueID, milterMessage) {
        case .passed:
            if let id = QueueID(queueID) { service.receipts.counted(id, gate, at: service.limitMoment) }
            return (.passed, .proceed)
        case .held(let rule, let reason):
            self.message?.holdingLimit = (rule, reason)
            return (.held, .proceed)
        case .refused(let reply): return (.refused, reply)
        }
    }

    private func isStopped(_ message: Message) -> Bool { service.reasonToHold(message) != nil }

    /// Knows mail again that a content filter hands back, and remembers what one may hand back.
    private func knowAgain() {
        guard let message, message.policy.limiter != nil else { return }
        if !message.identity.isService {
            service.came(message.notes.mark, recipients: message.recipients)
        } else if service.comesBack(message.notes.mark, recipients: message.recipients) {
            self.message?.comesBack(at: service.limitMoment)
        }
    }

    private func tell(_ outcome: Submission.Outcome, _ context: MilterContext?) {
        guard let message, message.tale != nil else { return }
        message.tell(
            outcome, queueID: context?.macroText(.queueID), from: origin, at: service.now(),
            limitMoment: service.limitMoment)
    }

    // MARK: Deciding and signing

    private func decide(_ message: Message) -> SigningDecision {
        guard message.policy.modes.signing != .off else { return .leave(.mode) }
        let decision = message.policy.plan.decide(
            SigningPlan.Facts(
                isSubmitted: message.isSubmitted, login: message.login.isEmpty ? nil : message.login,
                authorFields: message.notes.authorFields, author: message.notes.author))
        guard message.isUnproven else { return decision }
        if !message.isSubmitted {
            service.cameFromOutside(message.notes.mark)
        } else if case .sign = decision, service.hasPassedBefore(message.notes.mark) {
            return .leave(.reinjected)
        }
        return decision
    }

    /// The message goes on unsigned; unless a limit waits for its end, Postfix need not even send its body.
    private func leave(_ reason: UnsignedReason, _ message: Message, _ context: MilterContext) -> MilterVerdict {
        service.counters.leftUnsigned(reason)
        self.message?.unsigned = reason
        if reason != .notSubmitted, reason != .mode {
            service.log.info("\(context.macroText(.queueID) ?? "-"): unsigned: \(reason.rawValue)")
        }
        // The user behind mail of sendmail(1) is learnt at its end.
        if message.gate?.needsEnd == true || (message.tale != nil && origin == .sendmail) || isStopped(message) {
            return .proceed
        }
        if let gate = message.gate, let id = context.macroText(.queueID).flatMap({ QueueID($0) }) {
            service.receipts.counted(id, gate, at: service.limitMoment)
        }
        tell(.passed, context)
        forget()
        return .accept
    }

    /// Signs, and removes what our own keys signed before: a content filter has handed the message back.
    private func sign(_ milterMessage: MilterMessage, _ message: Message, _ keys: DomainSigner) throws {
        guard var signer = signer.take() else { return }
        let signatures = try signer.finish(at: service.now().seconds)
        for occurrence in message.notes.ourSignatures.reversed() {
            try milterMessage.removeHeader(name: Signature.fieldName, occurrence: occurrence)
        }
        // Below Postfix's own Received field, which is no part of what is signed; the first key's signature on top.
        for (signature, counter) in zip(signatures, keys.counters).reversed() {
            try milterMessage.insertHeader(
                at: 1, name: Signature.fieldName, value: String(signature.headerValue.dropFirst()))
            counter.increment()
        }
        if let queueID = milterMessage.context.macroText(.queueID), let domain = signatures.first?.domain {
            service.signedDomains.signed(queueID, by: domain)
        }
    }

    private func failed(_ error: any Error, _ message: Message, _ context: MilterContext) -> MilterVerdict {
        let queueID = context.macroText(.queueID) ?? "-"
        let reason: UnsignedReason
        switch error as? SigningError {
        case .headerTooLarge, .tooManyFields: reason = .headerTooLarge
        default: reason = .signerFailed
        }
        service.counters.leftUnsigned(reason)
        self.message?.unsigned = reason
        service.log.error("\(queueID): cannot sign: \(error)")
        if case .one(let domain) = message.notes.author {
            service.alerts.raise(
                Alert(.signingFailed, about: domain, at: service.now(), facts: [AlertFact(.reason, .text("\(error)"))]))
        }
        return FailDirection.signing(message.policy.signing.failure, of: origin)
    }
}
