// SPDX-License-Identifier: Apache-2.0

/// The routes that Postfix should find, and what has to change so that it does.
///
/// A pause is a row for each domain of the provider; a message that is let out, or a probe, is a row for its recipient's
/// full address, which Postfix looks up first. Every row has a lease.
public struct RouteTable: Hashable, Sendable {
    /// Domains that never get a row; a change takes their rows away at the next difference.
    public var protected: ProtectedDomains
    /// Who serves which domain.
    public var domains: ProviderDomains

    private var pauses: [ListingKey: Pause] = [:]
    private var diversions: [Provider: RouteTarget] = [:]
    private var passes: [String: RouteRow] = [:]
    private var published: [String: RouteRow] = [:]

    /// The most addresses with a row of their own; more are refused.
    public static let passCapacity = 20_000

    /// A table over what is published already, as it is read from the store at start.
    public init(
        protected: ProtectedDomains = ProtectedDomains(), domains: ProviderDomains = ProviderDomains(),
        published: some Sequence<RouteRow> = []
    ) {
        self.protected = protected
        self.domains = domains
        for row in published { self.published[row.key] = row }
    }

    /// Whether a provider's mail waits by a lease that still holds.
    public func isPaused(_ provider: Provider, at now: Moment) -> Bool {
        pauses.contains { $0.key.provider == provider && $0.value.until > now }
    }

    /// A listing's mail waits with this text until the lease ends.
    public mutating func pause(_ key: ListingKey, text: String, until: Moment) {
        pauses[key] = Pause(text: text, until: until)
    }

    /// A listing's pause holds for longer; without one, nothing happens.
    public mutating func renew(_ key: ListingKey, until: Moment) {
        pauses[key]?.until = until
    }

    /// A listing's mail waits no longer.
    public mutating func endPause(_ key: ListingKey) {
        pauses.removeValue(forKey: key)
    }

    /// While a provider is paused, its mail goes this way instead of waiting; `nil` makes it wait again.
    public mutating func divert(_ provider: Provider, by target: RouteTarget?) {
        diversions[provider] = target
    }

    /// Forgets what expired.
    public mutating func clockReached(_ now: Moment) {
        passes = passes.filter { $0.value.expires > now }
        pauses = pauses.filter { $0.value.until > now }
    }

    /// Mail for one address goes this way until the lease ends, whatever holds for its domain.
    /// - Returns: `false` if the address can have no row: it is none, its domain is protected, or there are too many.
    public mutating func letThrough(_ address: String, by target: RouteTarget, until: Moment) -> Bool {
        guard let (key, domain) = RouteKey.address(address), !protected.contains(domain),
            passes[key] != nil || passes.count < Self.passCapacity
        else { return false }
        passes[key] = RouteRow(key: key, target: target, expires: until)
        return true
    }

    /// One address goes with its domain again.
    public mutating func withdraw(_ address: String) {
        if let (key, _) = RouteKey.address(address) { passes.removeValue(forKey: key) }
    }

    /// All addresses of a provider go with their domains again: mail is no longer let out.
    public mutating func withdrawAll(of provider: Provider) {
        passes = passes.filter { key, _ in
            RouteKey.address(key).map { domains.provider(of: $0.domain) != provider } ?? false
        }
    }

    /// What has to change in the store; it counts as done only when `published(_:)` is told.
    public func difference(at now: Moment) -> RouteBatch {
        let desired = desiredRows(at: now)
        let upserts = desired.values.filter { row in
            guard let old = published[row.key] else { return true }
            return old.target != row.target || old.expires != row.expires
        }
        let deletes = published.keys.filter { desired[$0] == nil }
        return RouteBatch(upserts: upserts.sorted { $0.key < $1.key }, deletes: deletes.sorted())
    }

    /// The store took a batch.
    public mutating func published(_ batch: RouteBatch) {
        for key in batch.deletes { published.removeValue(forKey: key) }
        for row in batch.upserts { published[row.key] = row }
    }

    /// The store holds these rows and no others: it had to be begun anew, or another has written in it.
    public mutating func storeHolds(_ rows: some Sequence<RouteRow>) {
        published = [:]
        for row in rows { published[row.key] = row }
    }

    private func mayPass(_ key: String) -> Bool {
        RouteKey.address(key).map { !protected.contains($0.domain) } ?? false
    }

    /// A pause as a listing wants it.
    private struct Pause: Hashable {
        var text: String
        var until: Moment
    }

    private func desiredRows(at now: Moment) -> [String: RouteRow] {
        var rows: [String: RouteRow] = [:]
        // Of two listings of one provider the later one decides nothing that the first did, save to hold for longer.
        for (key, pause) in pauses.sorted(by: { $0.key < $1.key }) where pause.until > now {
            let target = diversions[key.provider] ?? .retry(text: pause.text)
            for domain in domains.domains(of: key.provider) where !protected.contains(domain) {
                let expires = max(rows[domain]?.expires ?? pause.until, pause.until)
                rows[domain] = RouteRow(key: domain, target: rows[domain]?.target ?? target, expires: expires)
            }
        }
        for (key, row) in passes where row.expires > now && mayPass(key) {
            rows[key] = row
        }
        return rows
    }
}
