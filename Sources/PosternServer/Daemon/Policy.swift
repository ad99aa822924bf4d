// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import PosternCore

/// What the configuration means for a message, worked out once a reload; immutable, so that a message that has begun
/// under one configuration ends under it.
final class Policy: Sendable {
    let modes: Modes
    let signing: SigningSettings
    let options: SigningOptions
    let plan: SigningPlan
    let trustedNetworks: AddressSet
    private let signers: [String: DomainSigner]

    init(_ configuration: Configuration, counters: SigningCounters) {
        modes = configuration.modes
        signing = configuration.signing
        options = configuration.signing.options
        plan = SigningPlan(domains: configuration.domains.map(\.plan))
        trustedNetworks = configuration.senders.trustedNetworks
        signers = Dictionary(
            configuration.domains.map { ($0.plan.name, DomainSigner(keys: $0.keys.map(\.key), counters: counters)) }
        ) { $1 }
    }

    /// The keys of a signing domain.
    func signer(of domain: String) -> DomainSigner? {
        signers[domain]
    }

    /// Whether one of our keys made this signature.
    func isOurs(_ signature: ForeignSignature) -> Bool {
        signers[signature.domain]?.made(signature) ?? false
    }
}
