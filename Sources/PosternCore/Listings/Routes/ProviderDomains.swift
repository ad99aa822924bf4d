// SPDX-License-Identifier: Apache-2.0

/// Which provider serves which domain.
///
/// What the log shows is believed before an MX look-up, and that before the shipped table. Of what was learnt, what was not
/// seen for longest goes when there is no room; the shipped table stays.
public struct ProviderDomains: Hashable, Sendable {
    private var learnt: [String: ProviderDomain] = [:]
    private var shipped: [String: Provider] = [:]
    private let capacity: Int

    /// How long an MX look-up does not correct what the log showed.
    static let trustInLog = Duration.hours(7 * 24)

    /// Nothing learnt yet; room for `capacity` domains, at least 16.
    public init(shipped: [String: Provider] = [:], capacity: Int = 20_000) {
        self.capacity = max(capacity, 16)
        for (domain, provider) in shipped {
            if let key = RouteKey.domain(domain) { self.shipped[key] = provider }
        }
    }

    /// How many were learnt.
    public var learntCount: Int { learnt.count }

    /// What was learnt, by domain: to be stored.
    public var allLearnt: [ProviderDomain] { learnt.values.sorted { $0.domain < $1.domain } }

    /// Learns, or confirms, who serves a domain.
    /// - Returns: Whether the domain is another's now than before.
    @discardableResult
    public mutating func learn(
        _ domain: String, of provider: Provider, by evidence: DomainEvidence, at moment: Moment
    ) -> Bool {
        guard let key = RouteKey.domain(domain) else { return false }
        let before = self.provider(of: key)
        if let known = learnt[key] {
            let isFresh = moment.since(known.seenAt) < Self.trustInLog
            if known.provider != provider, moment < known.seenAt { return false }
            if known.provider != provider, known.evidence == .log, evidence != .log, isFresh { return false }
            let isWeaker = known.provider == provider && known.evidence == .log && evidence != .log
            learnt[key] = ProviderDomain(
                domain: key, provider: provider, evidence: isWeaker ? .log : evidence,
                seenAt: isWeaker ? known.seenAt : max(moment, known.seenAt))
        } else {
            learnt[key] = ProviderDomain(domain: key, provider: provider, evidence: evidence, seenAt: moment)
            if learnt.count > capacity { evict() }
        }
        return before != provider
    }

    /// Who serves a domain.
    public func provider(of domain: String) -> Provider? {
        guard let key = RouteKey.domain(domain) else { return nil }
        return learnt[key]?.provider ?? shipped[key]
    }

    /// All domains whose provider is known, in no order.
    public var all: some Sequence<String> { [Array(learnt.keys), Array(shipped.keys)].joined() }

    /// All domains of a provider, in no order.
    public func domains(of provider: Provider) -> [String] {
        var found: [String] = []
        for (domain, known) in learnt where known.provider == provider { found.append(domain) }
        for (domain, known) in shipped where known == provider && learnt[domain] == nil { found.append(domain) }
        return found
    }

    /// Makes room for a sixteenth at once, so that it is not sorted for each new domain.
    private mutating func evict() {
        let oldest = learnt.values.sorted { ($0.seenAt, $0.domain) < ($1.seenAt, $1.domain) }
        for entry in oldest.prefix(max(learnt.count - capacity + capacity / 16, 1)) {
            learnt.removeValue(forKey: entry.domain)
        }
    }
}
