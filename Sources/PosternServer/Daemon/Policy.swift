// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import PosternCore

/// What the configuration means for a message, worked out once a reload.
///
/// Immutable but for the limiter's counters, so that a message that has begun under one configuration ends under it.
final class Policy: Sendable {
    let modes: Modes
    let signing: SigningSettings
    let options: SigningOptions
    let plan: SigningPlan
    let senders: SenderPolicy
    let tripwires: TripwireSettings
    /// The limits and their counters; `nil` where they are off.
    let limiter: ShardedLimiter?
    /// Where mail by SMTP is counted.
    let limitsAt: PolicySettings.LimitPlace
    /// Whether there is a policy service.
    let hasPolicyService: Bool
    /// The secret by which senders become keys.
    let hashKey: HashKey
    private let signers: [String: DomainSigner]

    /// A policy with counters at nothing.
    convenience init(_ configuration: Configuration, counters: SigningCounters, hashKey: HashKey) {
        let rules = Self.rules(configuration, hashKey)
        self.init(
            configuration, counters: counters, hashKey: hashKey,
            limiter: configuration.modes.limits == .off ? nil : ShardedLimiter(rules: rules))
    }

    /// A policy that goes on from another's counters.
    convenience init(
        _ configuration: Configuration, counters: SigningCounters, continuing old: Policy, at moment: Moment
    ) {
        let rules = Self.rules(configuration, old.hashKey)
        let limiter = old.limiter?.continued(by: rules, at: moment) ?? ShardedLimiter(rules: rules)
        self.init(
            configuration, counters: counters, hashKey: old.hashKey,
            limiter: configuration.modes.limits == .off ? nil : limiter)
    }

    private init(_ configuration: Configuration, counters: SigningCounters, hashKey: HashKey, limiter: ShardedLimiter?)
    {
        modes = configuration.modes
        signing = configuration.signing
        options = configuration.signing.options
        plan = SigningPlan(domains: configuration.domains.map(\.plan))
        senders = configuration.senders.policy
        tripwires = configuration.tripwires
        self.limiter = limiter
        limitsAt = configuration.policy.limitsAt
        hasPolicyService = configuration.policy.socket != nil
        self.hashKey = hashKey
        signers = Dictionary(
            configuration.domains.map {
                ($0.plan.name, DomainSigner(keys: $0.keys.map(\.key), counters: counters))
            }
        ) { $1 }
    }

    /// While limits only observe, each rule does.
    ///
    /// At the policy service no message is refused whole: at RCPT its earlier recipients are accepted already, and each
    /// must stay counted.
    private static func rules(_ configuration: Configuration, _ hashKey: HashKey) -> LimitRules {
        let rules = configuration.limits.map { rule in
            var rule = rule
            if configuration.modes.limits == .observe { rule.over = .observe }
            if configuration.policy.limitsAt == .policy { rule.whole = false }
            return rule
        }
        return LimitRules(rules, hashKey: hashKey)
    }

    /// The limits of a message at the milter; `nil` where it is not counted there.
    func gate(of identity: SenderIdentity, from origin: Origin) -> LimitGate? {
        guard let limiter, countsAtMilter(from: origin) else { return nil }
        return LimitGate(identity: identity, isLocal: origin == .sendmail, limiter: limiter)
    }

    /// Whether mail of this origin is counted at the milter; mail of sendmail(1) meets no policy service.
    func countsAtMilter(from origin: Origin) -> Bool { limitsAt == .milter || origin == .sendmail }

    /// The keys of a signing domain.
    func signer(of domain: String) -> DomainSigner? {
        signers[domain]
    }

    /// Whether one of our keys made this signature.
    func isOurs(_ signature: ForeignSignature) -> Bool {
        signers[signature.domain]?.made(signature) ?? false
    }
}
