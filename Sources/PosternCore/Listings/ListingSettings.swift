// SPDX-License-Identifier: Apache-2.0

/// The numbers by which listings are judged, and what the site knows of each provider.
public struct ListingSettings: Hashable, Sendable {
    /// When to probe.
    public var plans = ProbePlans.standard
    /// What people call a provider, such as `Microsoft`; its own name where there is none.
    public var providerNames: [Provider: String] = [:]
    /// How many messages a minute a provider usually gets from us.
    public var usualRates: [Provider: Int] = [:]
    /// The usual rate of a provider that is not in the table, in messages a minute.
    public var defaultUsualRate = 60
    /// The budget of a slowed provider, in messages a minute.
    public var slowedRate = 6
    /// The budget with which a provider is reopened, in messages a minute.
    public var reopeningRate = 2
    /// The transport of the probe, as its log lines name it.
    public var probeTransport = "postern-probe"
    /// News older than this when it is read starts no pause.
    public var newsBound = Duration.minutes(10)
    /// The time in which two precursors count together.
    public var precursorWindow = Duration.minutes(10)
    /// The time in which two domains of one provider's customers must say the same.
    public var tenantWindow = Duration.minutes(60)
    /// For so long after a pause opens, what was under way already is let finish, and counts neither way.
    public var settling = Duration.minutes(2)
    /// How many accepts reopen a provider.
    public var acceptsNeeded = 3
    /// Accepts of one recipient domain count only so far apart.
    public var acceptSpacing = Duration.minutes(10)
    /// How long the budget stays at one rate.
    public var cleanStep = Duration.minutes(10)
    /// How long a slowed provider must be clean.
    public var slowedClean = Duration.minutes(30)
    /// Without a refusal and without an accept, so long counts as clean.
    public var silentStep = Duration.minutes(60)
    /// How long a pause's routes are valid.
    public var lease = Duration.minutes(30)
    /// How often they are renewed.
    public var renewal = Duration.minutes(5)
    /// How long a probe's route is valid.
    public var probeLease = Duration.minutes(5)
    /// How long the log may take to tell of a probe.
    public var outcomeTimeout = Duration.minutes(15)
    /// How long choosing a probe may take.
    public var choosingTimeout = Duration.minutes(2)
    /// Postfix remembers its last routing answer for less than this.
    public var answerCache = Duration.seconds(31)
    /// Stamps of the log are often cut to the second: what seems so much too early is not.
    var stampGrain: Duration { .milliseconds(999) }
    /// How many messages are tried in one round if none tells anything.
    public var candidatesInRound = 3
    /// At most this long after a round that told nothing the next begins.
    public var inconclusiveWait = Duration.minutes(30)
    /// With nothing to probe with, a provider is reopened after so long.
    public var armedLimit = Duration.hours(24)
    /// A probe is made after so long, whatever speaks against it; longer than any interval.
    public var longestWait = Duration.hours(24)
    /// Hourly probes begin so long after a delisting request.
    public var delistingDelay = Duration.hours(4)
    /// A provider that lists us again within this time goes on where it was.
    public var relapse = Duration.hours(24)
    /// Makes two hosts probe at different times; any number that stays the same.
    public var seed: UInt64 = 0

    /// The shipped settings.
    public init() {}

    /// What people call a provider.
    func name(of provider: Provider) -> String { providerNames[provider] ?? provider.name }

    /// How many messages a minute a provider usually gets; 1 to what a budget can hold.
    public func usualRate(of provider: Provider) -> Int {
        min(max(usualRates[provider] ?? defaultUsualRate, 1), ReleaseBudget.largestLimit)
    }
}
