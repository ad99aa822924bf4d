// SPDX-License-Identifier: Apache-2.0
internal import Milter
internal import PosternCore

/// The limits of one message at the milter: each recipient when it comes, the whole at its end.
struct LimitGate {
    /// Who is accountable, as far as is known.
    private(set) var identity: SenderIdentity
    private let limiter: ShardedLimiter
    private let senders: SenderPolicy
    /// sendmail(1): recipients cannot be refused, so they are counted together at the end.
    private let isLocal: Bool
    private var limits: MessageLimits?
    private var localRecipients = 0
    private var isOver = false

    init(identity: SenderIdentity, isLocal: Bool, limiter: ShardedLimiter, senders: SenderPolicy) {
        self.identity = identity
        self.isLocal = isLocal
        self.limiter = limiter
        self.senders = senders
        if !isLocal { limits = Self.limits(of: identity, limiter) }
    }

    /// A recipient that Postfix is about to accept.
    mutating func recipient(_ address: String, at moment: Moment) -> MilterVerdict {
        guard isLocal || limits != nil, senders.counts(recipient: address) else { return .proceed }
        guard !isLocal else {
            localRecipients += 1
            return .proceed
        }
        var store = limiter.store
        switch limits?.recipient(at: moment, in: &store) {
        case .refuse(let breach): return LimitReplies.refusal(of: breach)
        case .accept, nil: return .proceed
        }
    }

    /// Whether the end of the message must be seen, because it is then that it is counted or held.
    var needsEnd: Bool {
        guard !isLocal else { return true }
        guard case .accept = limits?.verdict ?? .accept else { return true }
        return false
    }

    /// What becomes of the message, now that there was time to learn the local user's `uid`.
    ///
    /// After this nothing is given back by `abandon`.
    mutating func end(uid: UInt32?, at moment: Moment) -> MessageLimits.Verdict {
        isOver = true
        if isLocal {
            identity = senders.identity(of: SubmissionFacts(entrance: .sendmail, uid: uid))
            limits = Self.limits(of: identity, limiter)
            var store = limiter.store
            return limits?.localMessage(recipients: localRecipients, at: moment, in: &store) ?? .accept
        }
        return limits?.verdict ?? .accept
    }

    /// What rules that only observe found.
    var observed: [Breach] { limits?.observed ?? [] }

    /// The rule of a breach.
    func rule(of breach: Breach) -> LimitRule? {
        limiter.rules.all.indices.contains(breach.rule) ? limiter.rules.all[breach.rule] : nil
    }

    /// The message was reset, given up, or its client is gone: what was counted is given back.
    mutating func abandon(at moment: Moment) {
        guard !isOver else { return }
        var store = limiter.store
        limits?.abandon(at: moment, in: &store)
    }

    private static func limits(of identity: SenderIdentity, _ limiter: ShardedLimiter) -> MessageLimits? {
        guard case .accountable(let sender, let senderClass) = identity else { return nil }
        return MessageLimits(limiter.rules.applying(to: sender, senderClass), rules: limiter.rules)
    }
}
