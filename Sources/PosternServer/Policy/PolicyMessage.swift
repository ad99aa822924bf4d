// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire

/// What is remembered of a message that Postfix has asked about, so that it counts once.
///
/// The same question gets the same answer: Postfix repeats one whose answer was lost, and asks twice where the service
/// stands in two lists of restrictions.
struct PolicyMessage {
    /// Who is accountable, found out once.
    let identity: SenderIdentity
    /// The stage at which it counts: the first that was asked about.
    let stage: PolicyRequest.Stage
    /// The limits as they stand; `nil` before the first count, and after a reload.
    private var limits: MessageLimits?
    /// Whether those who hear of submissions were told of it.
    private var isTold = false
    /// What counted last, as a hash: the recipient, or at DATA and later the message.
    private var counted: Int?

    init(identity: SenderIdentity, stage: PolicyRequest.Stage) {
        self.identity = identity
        self.stage = stage
    }

    /// What the limits say to a request.
    struct Outcome {
        /// What becomes of the recipient or the message.
        var verdict = MessageLimits.Verdict.accept
        /// Whether it was said before.
        var isRepeated = false
        /// What rules that only observe have found, and had not before.
        var observed: ArraySlice<Breach> = []
        /// How many recipients the answer is about; 0 where nothing new was asked.
        var recipients = 0
        /// Whether more of the same message was told before.
        var isContinued = false
    }

    /// Counts what the request is about, unless it is counted already.
    mutating func asked(
        _ request: PolicyRequest, limiter: ShardedLimiter, senders: SenderPolicy, at moment: Moment
    ) -> Outcome {
        guard case .accountable(let sender, let senderClass) = identity, request.stage == stage else {
            return Outcome()
        }
        var limits =
            self.limits
            ?? MessageLimits(
                limiter.rules.applying(
                    to: sender, senderClass,
                    subSender: SubSender(of: sender, originatingScript: nil, envelopeSender: request.sender)),
                rules: limiter.rules)
        defer { self.limits = limits }
        // What is held is held with all its recipients, counted or not.
        guard case .accept = limits.verdict else { return Outcome(verdict: limits.verdict, isRepeated: true) }
        // At DATA and later there is a recipient only if it is the only one.
        let subject = stage == .recipient ? request.recipient.hashValue : 0
        guard counted != subject, stage != .recipient || !request.recipient.isEmpty,
            request.recipient.isEmpty || senders.counts(recipient: request.recipient)
        else { return Outcome() }
        let known = limits.observed.count
        var store = limiter.store
        var outcome = Outcome(
            recipients: stage == .recipient ? 1 : Int(request.recipientCount), isContinued: isTold)
        isTold = true
        if stage != .recipient {
            outcome.verdict = limits.message(recipients: Int(request.recipientCount), at: moment, in: &store)
        } else if case .refuse(let breach) = limits.recipient(at: moment, in: &store) {
            // Refused on its own; it has not counted, and may be asked about again.
            return Outcome(verdict: .refuse(breach), recipients: 1, isContinued: outcome.isContinued)
        } else {
            outcome.verdict = limits.verdict
        }
        counted = subject
        outcome.observed = limits.observed[known...]
        return outcome
    }

    /// The counters go on under other rules.
    mutating func rulesChanged() {
        limits = nil
    }
}
