// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import Logging
internal import Milter
internal import PosternCore

/// One milter connection: follows each message and signs what is ours.
///
/// No callback waits for disk, DNS or an actor; a signature is computed in place.
final class MailSession: MilterSession {
    private let service: MailService
    private var origin = Origin.smtp(nil)
    private var message: Message?
    /// Set once it is decided that the message is signed.
    private var signer: MessageSigner?

    /// What is known of a message whose header is on its way.
    private struct Message {
        let policy: Policy
        let login: String
        let isSubmitted: Bool
        /// Mail from outside is remembered and mail from a trusted client looked up, by a mark; the rest needs none.
        let needsMark: Bool
        var header: SignableHeader
        var notes = HeaderNotes()
        /// The keys, once it is decided that they sign.
        var keys: DomainSigner?

        /// Takes a header field, in place: what was kept of earlier ones is not copied.
        mutating func take(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
            notes.field(name: name, value: value, policy: policy, marks: needsMark)
            if isSubmitted { header.append(name: name, value: value) }
        }
    }

    init(_ service: MailService) {
        self.service = service
    }

    func connected(host: UnsafeRawBufferPointer, address: MilterPeer?, _ context: MilterContext) -> MilterVerdict {
        origin = Origin(address)
        return .proceed
    }

    func envelopeSender(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict {
        forget()
        let policy = service.policy
        guard policy.modes.signing != .off else { return .proceed }
        let login = context.macroText(.authenticatedLogin) ?? ""
        let isOurs = !login.isEmpty || origin == .sendmail
        message = Message(
            policy: policy, login: login, isSubmitted: isOurs || origin.isIn(policy.trustedNetworks),
            needsMark: !isOurs, header: SignableHeader(options: policy.options))
        return .proceed
    }

    func header(
        name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, _ context: MilterContext
    ) -> MilterVerdict {
        message?.take(name: name, value: value)
        return .proceed
    }

    func endOfHeaders(_ context: MilterContext) -> MilterVerdict {
        guard let message else { return .proceed }
        let decision = decide(message)
        switch decision {
        case .sign(let domain) where message.policy.modes.signing == .enforce:
            guard let keys = message.policy.signer(of: domain) else { return leave(.signerFailed, context) }
            self.message?.keys = keys
            signer = MessageSigner(keys: keys.keys, header: message.header)
            return .proceed
        case .sign: return leave(.mode, context)
        case .leave(let reason): return leave(reason, context)
        }
    }

    func body(_ chunk: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict {
        signer?.body(chunk)
        return .proceed
    }

    func endOfMessage(_ milterMessage: MilterMessage) -> MilterVerdict {
        defer { forget() }
        guard let message, let keys = message.keys, signer != nil else { return .proceed }
        do {
            try sign(milterMessage, message, keys)
            service.counters.signed.increment()
            return .proceed
        } catch {
            return failed(error, message, milterMessage.context)
        }
    }

    func aborted() {
        forget()
    }

    private func forget() {
        message = nil
        signer = nil
    }

    // MARK: Deciding and signing

    private func decide(_ message: Message) -> SigningDecision {
        let decision = message.policy.plan.decide(
            SigningPlan.Facts(
                isSubmitted: message.isSubmitted, login: message.login.isEmpty ? nil : message.login,
                authorFields: message.notes.authorFields, author: message.notes.author))
        guard message.needsMark else { return decision }
        if !message.isSubmitted {
            service.cameFromOutside(message.notes.mark)
        } else if case .sign = decision, service.hasPassedBefore(message.notes.mark) {
            return .leave(.reinjected)
        }
        return decision
    }

    /// The message goes on without us; Postfix need not send its body.
    private func leave(_ reason: UnsignedReason, _ context: MilterContext) -> MilterVerdict {
        service.counters.leftUnsigned(reason)
        if reason != .notSubmitted {
            service.log.info("\(context.macroText(.queueID) ?? "-"): unsigned: \(reason.rawValue)")
        }
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
    }

    private func failed(_ error: any Error, _ message: Message, _ context: MilterContext) -> MilterVerdict {
        let queueID = context.macroText(.queueID) ?? "-"
        let reason: UnsignedReason
        switch error as? SigningError {
        case .headerTooLarge, .tooManyFields: reason = .headerTooLarge
        default: reason = .signerFailed
        }
        service.counters.leftUnsigned(reason)
        service.log.error("\(queueID): cannot sign: \(error)")
        return FailDirection.signing(message.policy.signing.failure, of: origin)
    }
}
