// SPDX-License-Identifier: Apache-2.0
internal import Milter
internal import PosternCore

/// The limits of one message at the milter: each recipient when it comes, the whole at its end.
struct LimitGate {
    /// Who is accountable, as far as is known.
    private(set) var identity: SenderIdentity
    private let limiter: ShardedLimiter
    /// sendmail(1): recipients cannot be refused, so they are counted together at the end.
    private let isLocal: Bool
    private var limits: MessageLimits?
    /// What counts for one of many behind the sender; known only when the header is.
    private var subLimits: MessageLimits?
    private var recipients = 0
    /// Why the last recipient that was refused was.
    private var refusedRecipient: Breach?
    private var isOver = false

    init(identity: SenderIdentity, isLocal: Bool, limiter: ShardedLimiter) {
        self.identity = identity
        self.isLocal = isLocal
        self.limiter = limiter
        if !isLocal { limits = limiter.limits(of: identity) }
    }

    /// A recipient that counts, and that Postfix is about to accept.
    mutating func recipient(at moment: Moment) -> MilterVerdict {
        guard !isLocal else {
            recipients += 1
            return .proceed
        }
        var store = limiter.store
        switch limits?.recipient(at: moment, in: &store) {
        case .refuse(let breach):
            refusedRecipient = breach
            return LimitReplies.refusal(of: breach)
        case .accept, nil:
            recipients += 1
            return .proceed
        }
    }

    /// Whether the end of the message must be seen, because it is then that it is counted or held.
    var needsEnd: Bool {
        guard !isLocal else { return true }
        guard case .accept = limits?.verdict ?? .accept else { return true }
        guard case .accountable(.localUser, let senderClass) = identity else { return false }
        return limiter.rules.dividesSenders(of: senderClass)
    }

    /// What becomes of the message, now that its header is known and there was time to learn the local user.
    ///
    /// After this nothing is given back by `abandon`.
    mutating func end(as identity: SenderIdentity, subSender: SubSender?, at moment: Moment) -> MessageLimits.Verdict {
        isOver = true
        self.identity = identity
        var store = limiter.store
        if isLocal {
            limits = limiter.limits(of: identity, subSender: subSender)
            return limits?.localMessage(recipients: recipients, at: moment, in: &store) ?? .accept
        }
        let verdict = limits?.verdict ?? .accept
        guard case .accept = verdict, let subSender, case .accountable(_, let senderClass) = identity,
            let limit = limiter.rules.limit(of: subSender, senderClass)
        else { return verdict }
        var subLimits = MessageLimits([limit], rules: limiter.rules)
        let subVerdict = subLimits.message(recipients: recipients, at: moment, in: &store)
        self.subLimits = subLimits
        // What one level stops counts on no level.
        if case .accept = subVerdict { return .accept }
        limits?.abandon(at: moment, in: &store)
        return subVerdict
    }

    /// What rules that only observe found.
    var observed: [Breach] { (limits?.observed ?? []) + (subLimits?.observed ?? []) }

    /// Which limit stopped the message or one of its recipients, or found it over, in words; `nil` where none did.
    var finding: String? {
        let breach: Breach? =
            switch limits?.verdict {
            case .hold(let breach), .refuse(let breach): breach
            case .accept, nil:
                switch subLimits?.verdict {
                case .hold(let breach), .refuse(let breach): breach
                case .accept, nil: refusedRecipient ?? observed.first
                }
            }
        return breach.map { LimitReplies.reason(of: $0, rule: rule(of: $0)?.name ?? "limit") }
    }

    /// How the sender stands under each rate that the message met.
    func standings(at moment: Moment) -> [LimitStanding] {
        var store = limiter.store
        return [limits, subLimits].flatMap { $0?.receipt.limits ?? [] }.flatMap { limit -> [LimitStanding] in
            guard limiter.rules.all.indices.contains(limit.rule) else { return [] }
            let usage = store.withShard(limit.key.shard(of: store.shardCount)) { $0.usage(of: limit, at: moment) }
            return usage.map { LimitStanding(rule: limiter.rules.all[limit.rule].name, usage: $0) }
        }
    }

    /// The rule of a breach.
    func rule(of breach: Breach) -> LimitRule? {
        limiter.rules.all.indices.contains(breach.rule) ? limiter.rules.all[breach.rule] : nil
    }

    /// The message was reset, given up, or its client is gone: what was counted is given back.
    mutating func abandon(at moment: Moment) {
        guard !isOver else { return }
        giveBack(at: moment)
    }

    /// The message is refused after all: what was counted is given back, also after its end.
    mutating func giveBack(at moment: Moment) {
        var store = limiter.store
        limits?.abandon(at: moment, in: &store)
        subLimits?.abandon(at: moment, in: &store)
    }
}

extension ShardedLimiter {
    /// The limits that a sender's message meets; `nil` where nobody is accountable.
    fileprivate func limits(of identity: SenderIdentity, subSender: SubSender? = nil) -> MessageLimits? {
        guard case .accountable(let sender, let senderClass) = identity else { return nil }
        // Mail of a service may be somebody's that comes back; its header tells.
        return MessageLimits(
            rules.applying(to: sender, senderClass, subSender: subSender), rules: rules,
            isJudgedWhole: identity.isService)
    }
}
