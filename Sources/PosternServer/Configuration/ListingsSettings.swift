// SPDX-License-Identifier: Apache-2.0
public import PosternCore
internal import Routes
public import Settings

/// How a provider that lists us is paused, probed and reopened.
public struct ListingsSettings: Hashable, Sendable {
    /// The numbers by which listings are judged.
    public var listing = ListingSettings()
    /// The database that Postfix reads.
    public var database = "/var/lib/postern/routes/routes.db"
    /// How often the queue is read at most.
    public var queueInterval = Duration.seconds(10)
    /// What the site says of single providers.
    public private(set) var providers: [ProviderSettings] = []
    /// How long mail of a kind may wait at most, by ``MaximumWait/mail``.
    public private(set) var maximumWaits: [String: Duration] = [:]

    /// The defaults.
    public init() {}

    /// Reads `[listings]`.
    public init(_ section: Section, store: StoreSettings) {
        database = RoutesConfiguration.database(in: store.directory)
        database = section.value(
            "database", .absolutePath, default: database,
            help: "The routes that Postfix reads; its directory must belong to Postfix's group. Needs a restart.")
        queueInterval = section.value(
            "queue-interval", .duration(in: .seconds(1)...(.minutes(10))), default: queueInterval,
            help: "How often the queue is read at most, with postqueue -j, while mail waits for a provider.")
        listing.defaultUsualRate = section.value(
            "usual-rate", .messagesPerMinute, default: listing.defaultUsualRate,
            help: "How much a provider usually gets from this host: reached, a reopened provider flows freely again.")
        listing.reopeningRate = section.value(
            "reopening-rate", .messagesPerMinute, default: listing.reopeningRate,
            help: "How much a provider gets at first when it takes mail again.")
        listing.slowedRate = section.value(
            "slowed-rate", .messagesPerMinute, default: listing.slowedRate,
            help: "How much a provider gets that throttles us, retries included.")
        listing.cleanStep = section.value(
            "step", .listingSpan, default: listing.cleanStep,
            help: "How long there must be no refusal before the rate doubles.")
        listing.acceptSpacing = section.value(
            "accept-spacing", .listingSpan, default: listing.acceptSpacing,
            help: "How far apart accepted probes to the same recipient domain must be to count.")
        listing.lease = section.value(
            "lease", .duration(in: .seconds(10)...(.hours(24))), default: listing.lease,
            help: "How long a pause outlives a daemon that is gone; then Postfix tries the provider by itself again.")
        listing.renewal = listing.lease / 6
        listing.probeTransport = section.value(
            "probe-transport", .text, default: listing.probeTransport,
            help: "The service in master.cf by which probes leave.")
    }

    /// Takes in how long mail may wait at most.
    public mutating func take(_ waits: [MaximumWait]) {
        maximumWaits = Dictionary(waits.map { ($0.mail, $0.after) }) { first, _ in first }
    }

    /// Takes in what the site says of single providers.
    public mutating func take(_ providers: [ProviderSettings]) {
        self.providers = providers
        for provider in providers {
            listing.usualRates[provider.provider] = provider.usualRate
            guard !provider.probeAfter.isEmpty else { continue }
            // A plan of the site's own goes before those of the code.
            let plan = ProbePlan("site-\(provider.provider.name)", provider.probeAfter)
            listing.plans.rules.insert(
                ProbePlanRule(provider: provider.provider.name, isWholeName: true, plan: plan), at: 0)
        }
    }
}

extension Kind where Value == Int {
    static var messagesPerMinute: Kind { .integer(in: 1...10_000, unit: "messages a minute") }
}

extension Kind where Value == Duration {
    static var listingSpan: Kind { .duration(in: .seconds(1)...(.hours(24))) }
}
