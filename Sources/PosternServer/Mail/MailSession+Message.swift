// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import Milter
internal import PosternCore

extension MailSession {
    /// What is known of a message on its way.
    struct Message {
        let policy: Policy
        let login: String
        /// Who is accountable; of mail by sendmail(1) the user is learnt at its end.
        var identity: SenderIdentity
        let isSubmitted: Bool
        /// Mail from outside is remembered and mail from a trusted client looked up when it is signed.
        let isUnproven: Bool
        /// Whether the fields are noted by which the message is known if it comes again.
        let needsMark: Bool
        /// Without angle brackets.
        let envelopeSender: String
        /// The limits; `nil` where they are off.
        var gate: LimitGate?
        /// Who wants to hear of it.
        let hearers: [any SubmissionHearer]
        /// What they will hear; `nil` where nobody listens.
        var tale: SubmissionNotes?
        var header: SignableHeader
        var notes = HeaderNotes()
        /// The keys, once it is decided that they sign.
        var keys: DomainSigner?
        var isSigned = false
        /// The limit that holds it, by name, and why.
        var holdingLimit: (rule: String, reason: String)?
        /// Recipients that count, or would if somebody were accountable.
        private(set) var recipients: UInt32 = 0
        /// The domain whose keys sign it.
        var signedBy: String?
        /// Why it is not signed, once that is decided.
        var unsigned: UnsignedReason?

        /// Takes a recipient that Postfix is about to accept.
        mutating func take(recipient: String, at moment: Moment) -> MilterVerdict {
            guard policy.senders.counts(recipient: recipient) else { return .proceed }
            let verdict = gate?.recipient(at: moment) ?? .proceed
            if case .reply = verdict {
                tale?.refusedRecipient()
            } else {
                recipients &+= 1
                tale?.accepted(recipient)
            }
            return verdict
        }

        /// It counted when it first came: nobody counts it again, and nobody is told again.
        mutating func comesBack(at moment: Moment) {
            gate?.giveBack(at: moment)
            gate = nil
            tale = nil
            identity = .exempt(.reinjected)
        }

        /// Takes a header field, in place: what was kept of earlier ones is not copied.
        mutating func take(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
            notes.field(name: name, value: value, policy: policy, marks: needsMark)
            if isSubmitted { header.append(name: name, value: value) }
        }

        /// Which of many behind a local user wrote it.
        var subSender: SubSender? {
            identity.sender.flatMap {
                SubSender(of: $0, originatingScript: notes.originatingScript, envelopeSender: envelopeSender)
            }
        }

        /// Tells those who listen what becomes of the message.
        func tell(
            _ outcome: Submission.Outcome, queueID: String?, from origin: Origin, at moment: Moment,
            limitMoment: Moment
        ) {
            guard let tale, !tale.isEmpty, case .accountable(let sender, let senderClass) = identity else { return }
            var submission = tale.submission(
                queueID.flatMap { QueueID($0) }, at: moment, from: sender, senderClass,
                envelopeSender: envelopeSender, outcome: outcome)
            submission.subSender = subSender
            if case .smtp(let client, _) = origin { submission.client = client }
            submission.isSigned = isSigned
            submission.holdingLimit = holdingLimit
            submission.signedBy = isSigned ? signedBy : nil
            submission.unsigned = unsigned
            submission.reason = gate?.finding
            submission.standings = gate?.standings(at: limitMoment) ?? []
            submission.isBulk = notes.isBulk
            submission.isAutomatic = notes.isAutomatic
            for hearer in hearers { hearer.heard(submission) }
        }
    }
}
