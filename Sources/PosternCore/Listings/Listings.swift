// SPDX-License-Identifier: Apache-2.0

/// The listings of all providers.
///
/// A listing comes into being at the first refusal of a provider's own host, or by hand, and is forgotten when nothing is
/// left of it. Feed all news and the time; perform what comes back, in its order.
public struct Listings: Hashable, Sendable {
    /// The numbers by which all are judged; a change holds from the next call on.
    public var settings: ListingSettings {
        didSet { for key in machines.keys { machines[key]?.settings = settings } }
    }
    /// Since when the log cannot be read.
    public private(set) var blindSince: Moment?

    private(set) var machines: [ListingKey: ListingMachine] = [:]

    /// The most listings at once; providers are named by the reply rules, which are fewer.
    static let capacity = 1000

    /// Listings that go on from a snapshot.
    public init(settings: ListingSettings, restoring snapshot: ListingsSnapshot = ListingsSnapshot()) {
        self.settings = settings
        blindSince = snapshot.blindSince
        for entry in snapshot.entries.prefix(Self.capacity) {
            machines[entry.key] = ListingMachine(entry.key, memory: entry.memory, settings: settings)
        }
    }

    /// All that is remembered now.
    public var snapshot: ListingsSnapshot {
        ListingsSnapshot(
            entries: keys.compactMap { key in machines[key].map { .init(key: key, memory: $0.memory) } },
            blindSince: blindSince)
    }

    /// The listings there are, in order.
    public var keys: [ListingKey] { machines.keys.sorted() }

    /// One listing; `nil` where nothing was ever refused.
    public subscript(key: ListingKey) -> ListingMachine? { machines[key] }

    /// When time alone will change something next.
    public var nextWakeUp: Moment? { machines.values.compactMap(\.nextWakeUp).min() }

    /// What holds now, said again: what a server performs first when it has restored these.
    public func standingOrders(at now: Moment) -> [ListingOrder] {
        keys.flatMap { key in (machines[key]?.standingEffects(at: now) ?? []).map { ListingOrder(key, $0) } }
    }

    /// Time passed.
    public mutating func clockReached(_ now: Moment) -> [ListingOrder] {
        let orders = keys.flatMap { key in change(key) { $0.clockReached(now) } }
        machines = machines.filter { !$0.value.isForgettable }
        return orders
    }

    /// The log told of a delivery.
    public mutating func heard(_ news: DeliveryNews) -> [ListingOrder] {
        guard news.source != .untrusted else { return [] }
        if news.source == .provider, let provider = news.provider, case .refused = ListingSign(news) {
            make(ListingKey(provider, news.family ?? .v4))
        }
        let orders = keys.filter { concerns($0, news) }.flatMap { key in change(key) { $0.heard(news) } }
        // What was let out counts against the budget of each of the provider's listings, whatever way it went.
        if let id = news.queueID { for key in machines.keys { machines[key]?.releaseEnded(of: id, at: news.moment) } }
        return orders
    }

    /// A probe was chosen; see `ListingMachine.probeChosen`.
    public mutating func probeChosen(
        _ probe: Probe, for key: ListingKey, notBefore: Moment? = nil, at now: Moment
    ) -> [ListingOrder] {
        change(key) { $0.probeChosen(probe, notBefore: notBefore, at: now) }
    }

    /// Nothing waits that could be a probe.
    public mutating func nothingWaiting(for key: ListingKey, at now: Moment) -> [ListingOrder] {
        change(key) { $0.nothingWaiting(at: now) }
    }

    /// Something waits now that could be a probe.
    public mutating func mailWaiting(for key: ListingKey, at now: Moment) -> [ListingOrder] {
        change(key) { $0.mailWaiting(at: now) }
    }

    /// Our own DNS query told whether the list behind a refusal still names us.
    public mutating func dnsAnswered(isListed: Bool, for key: ListingKey, at now: Moment) -> [ListingOrder] {
        change(key) { $0.dnsAnswered(isListed: isListed, at: now) }
    }

    /// The log cannot be read from now on.
    public mutating func wentBlind(at now: Moment) -> [ListingOrder] {
        blindSince = blindSince ?? now
        return keys.flatMap { key in change(key) { $0.wentBlind(at: now) } }
    }

    /// The log can be read again.
    public mutating func sawAgain(at now: Moment) -> [ListingOrder] {
        blindSince = nil
        return keys.flatMap { key in change(key) { $0.sawAgain(at: now) } }
    }

    /// Somebody orders something for a provider, for both address families.
    public mutating func ordered(
        _ action: ManualAction, for provider: Provider, by: String, at now: Moment
    ) -> [ListingOrder] {
        if case .pause = action, !machines.keys.contains(where: { $0.provider == provider }) {
            make(ListingKey(provider))
        }
        let concerned = keys.filter { $0.provider == provider }
        guard !concerned.isEmpty else {
            return [ListingOrder(ListingKey(provider), .audit(action, by: by, wasApplied: false, at: now))]
        }
        return concerned.flatMap { key in change(key) { $0.ordered(action, by: by, at: now) } }
    }

    /// Asks to let a waiting message out now: every listing of the provider must have room for it.
    public mutating func takeRelease(of id: QueueID, to provider: Provider, at now: Moment) -> Bool {
        let open = keys.filter { $0.provider == provider && machines[$0]?.allowance != .everything }
        guard !open.isEmpty, open.allSatisfy({ machines[$0]?.canRelease(id, at: now) == true }) else { return false }
        for key in open { _ = machines[key]?.takeRelease(of: id, at: now) }
        return true
    }

    /// Which listings hear news: its provider's of that address family, and the one whose probe it tells of.
    ///
    /// A probe goes the way that Postfix takes, so the other family's answer counts for it too.
    private func concerns(_ key: ListingKey, _ news: DeliveryNews) -> Bool {
        if key.provider == news.provider, news.family ?? key.family == key.family { return true }
        guard let probe = machines[key]?.state.runningProbe, probe.domain == news.recipientDomain else { return false }
        return probe.queueID == news.queueID || news.transport == settings.probeTransport
    }

    private mutating func make(_ key: ListingKey) {
        guard machines[key] == nil, machines.count < Self.capacity else { return }
        var memory = ListingMemory()
        memory.blindSince = blindSince
        machines[key] = ListingMachine(key, memory: memory, settings: settings)
    }

    private mutating func change(
        _ key: ListingKey, _ change: (inout ListingMachine) -> [ListingEffect]
    ) -> [ListingOrder] {
        // In place: a copy would copy what is under way with each line of the log.
        guard let index = machines.index(forKey: key) else { return [] }
        return change(&machines.values[index]).map { ListingOrder(key, $0) }
    }
}
