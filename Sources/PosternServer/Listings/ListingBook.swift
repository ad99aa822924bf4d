// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import MailLog
internal import PosternCore
internal import PostfixWire

/// All that belongs to the listings, under one owner: what is known of each provider, the routes that follow from it,
/// and the mail that waits.
///
/// News, time and orders go in; the routes to publish are found in `table`, and the tasks come back in order.
struct ListingBook: Sendable {
    /// What the site wants.
    private(set) var settings: ListingsSettings
    /// Whether the site wants mail to be kept.
    private var isWanted: Bool
    /// Why no mail can be kept here, whatever the site wants: a relay host carries it.
    private(set) var obstacle: String?
    /// Whether routes are published; otherwise listings are only told of.
    var isEnforcing: Bool { isWanted && obstacle == nil }
    /// The listings.
    private(set) var listings: Listings
    /// The routes that follow from them.
    var table: RouteTable
    /// Whether `table` may differ from what is published.
    var hasNewRoutes = true
    /// Whether the log told of waiting mail since the queue was read.
    var hasNewWaiting = false
    /// Whether it was learnt who serves a domain, or that another does.
    var hasNewDomains = false
    /// Whether something changed that outlives the process.
    var hasNews = false
    /// The mail that waits.
    private(set) var waiting = WaitingMail()
    /// What is told of each listing.
    private(set) var told: [ListingKey: ListingNote] = [:]

    /// Probes since the start, by what they came to.
    var probes: [ProbeOutcome: Int] = [:]

    let notes: MessageNotes
    var clock: QueueClock
    var diversions: Diversions
    /// The words of the line that is being worked on.
    private(set) var heardReply: String?
    /// The probes that are wanted.
    var wishes: [ListingKey: ProbeWish] = [:]
    /// What was let out and the log has not told of.
    var passes: [QueueID: Pass] = [:]
    /// Messages that waited for a provider that flows again, to be tried at its usual pace.
    var leftovers: [Provider: [QueueID]] = [:]
    /// Providers whose leftovers are to be found in the queue.
    var reopened: Set<Provider> = []

    /// The addresses that were let through for one message.
    struct Pass: Hashable, Sendable {
        var addresses: [String]
        var until: Moment
    }

    init(
        settings: ListingsSettings, isEnforcing: Bool, table: RouteTable, restoring state: ListingsState,
        notes: MessageNotes = MessageNotes(), lifetimes: QueueLifetimes = QueueLifetimes()
    ) {
        self.settings = settings
        self.notes = notes
        isWanted = isEnforcing
        self.table = table
        listings = Listings(settings: settings.listing, restoring: state.listings)
        clock = QueueClock(lifetimes: lifetimes, restoring: state.watched)
        told = Dictionary(state.told.map { ($0.key, $0.note) }) { $1 }
        diversions = Diversions(settings.providers)
    }

    /// What outlives the process.
    var state: ListingsState {
        ListingsState(
            listings: listings.snapshot, watched: clock.warnedMessages,
            told: told.map { .init(key: $0.key, note: $0.value) }.sorted { $0.key < $1.key })
    }

    // MARK: What comes in

    /// What holds already, after a start.
    mutating func begin(at now: Moment) -> [ListingTask] {
        perform(listings.standingOrders(at: now) + listings.clockReached(now), at: now)
    }

    /// The log told of an attempt to deliver.
    mutating func heard(_ delivery: Delivery) -> [ListingTask] {
        var news = delivery.news
        if !wentAnotherWay(delivery) { learn(from: delivery) }
        // No host was asked, and the domain may be one that only the log or a look-up told of.
        if news.source == .ourPause { news.provider = table.domains.provider(of: news.recipientDomain) }
        if news.source == .ourPause { noteWait(delivery, news) }
        if let id = news.queueID, news.source != .ourPause { ended(id, news) }
        let orders = listings.heard(news)
        guard !orders.isEmpty else { return [] }
        heardReply = delivery.reply.map { String($0.text.prefix(Alert.longestEvidence)) }
        return perform(orders, at: news.receivedAt)
    }

    /// Time passed.
    mutating func clockReached(_ now: Moment) -> [ListingTask] {
        var tasks: [ListingTask] = []
        if diversions.dayPassed(now) { applyDiversions() }
        if let wakeUp = listings.nextWakeUp, wakeUp <= now {
            tasks += perform(listings.clockReached(now), at: now)
        }
        if !listings.keys.isEmpty {
            table.clockReached(now)
            passes = passes.filter { $0.value.until > now }
        }
        for warning in clock.clockReached(now) {
            hasNews = true
            guard let provider = pausedProvider(of: warning.queueID) else { continue }
            if warning.kind == .maximumWait {
                if isEnforcing { tasks.append(.giveUp(warning.queueID)) }
                continue
            }
            tasks.append(.alert(alert(warning, of: provider, at: now)))
        }
        return tasks + release(at: now)
    }

    /// Somebody ordered something.
    mutating func ordered(
        _ action: ManualAction, for provider: Provider, by who: String, at now: Moment
    ) -> (tasks: [ListingTask], wasApplied: Bool) {
        let orders = listings.ordered(action, for: provider, by: who, at: now)
        let wasApplied = orders.contains { order in
            if case .audit(_, _, let wasApplied, _) = order.effect { wasApplied } else { false }
        }
        return (perform(orders, at: now), wasApplied)
    }

    /// The log cannot be read any more, or can again.
    mutating func sight(isBlind: Bool, at now: Moment) -> [ListingTask] {
        perform(isBlind ? listings.wentBlind(at: now) : listings.sawAgain(at: now), at: now)
    }

    /// The queue was read.
    mutating func looked(at entries: [QueueEntry], isCut: Bool, at now: Moment) -> [ListingTask] {
        let (domains, protected) = (table.domains, table.protected)
        hasNewWaiting = false
        waiting = WaitingMail(entries, isCut: isCut, at: now, notes: notes) { domain in
            protected.contains(domain) ? nil : domains.provider(of: domain)
        }
        watchLifetimes(entries, isCut: isCut)
        for provider in reopened {
            leftovers[provider] = waiting[provider].messages.map(\.queueID)
        }
        reopened = []
        return answerWishes(at: now) + release(at: now)
    }

    /// The queue could not be read: nothing is concluded from that, and the next attempt comes as after a look.
    mutating func lookFailed(at now: Moment) { waiting.lookFailed(at: now) }

    /// Whether the queue should be read now.
    func wantsQueue(at now: Moment) -> Bool {
        let age = waiting.lookedAt.map { now.since($0) }
        // A clock that was set back makes the look as good as none.
        if let age, age >= .zero, age < settings.queueInterval { return false }
        if !wishes.isEmpty || !reopened.isEmpty { return true }
        let paused = pausedProviders
        guard !paused.isEmpty else { return false }
        guard let age, age >= .zero, age < Self.lookAnyway else { return true }
        if hasNewWaiting, age >= settings.queueInterval * 2 { return true }
        return paused.contains { canRelease($0, at: now) && waiting[$0].messages.isEmpty }
    }

    /// Another configuration is in force.
    mutating func adopt(_ settings: ListingsSettings, isEnforcing: Bool, at now: Moment) -> [ListingTask] {
        self.settings = settings
        for provider in diversions.providers { table.divert(provider, by: nil) }
        diversions = Diversions(settings.providers, continuing: diversions)
        listings.settings = settings.listing
        goBy(clock.lifetimes)
        applyDiversions()
        return change(at: now) { $0.isWanted = isEnforcing }
    }

    /// Something stands in the way of keeping mail, or no longer.
    mutating func meets(_ obstacle: String?, at now: Moment) -> [ListingTask] {
        change(at: now) { $0.obstacle = obstacle }
    }

    /// Publishes everything or takes everything away where a change makes that right.
    private mutating func change(at now: Moment, _ change: (inout ListingBook) -> Void) -> [ListingTask] {
        let was = isEnforcing
        change(&self)
        guard isEnforcing != was else { return [] }
        for key in listings.keys { endRoutes(of: key) }
        return isEnforcing ? perform(listings.standingOrders(at: now), at: now) : []
    }

    // MARK: Asked by others here

    /// The pauses that hold, one a provider.
    var pausedProviders: [Provider] {
        var providers: [Provider] = []
        for key in listings.keys where listings[key]?.memory.pauseText != nil {
            if !providers.contains(key.provider) { providers.append(key.provider) }
        }
        return providers
    }

    /// Whether a provider's mail waits, or would if listings were enforced.
    func isPaused(_ provider: Provider) -> Bool {
        listings.keys.contains { $0.provider == provider && listings[$0]?.memory.pauseText != nil }
    }

    /// Whether the budget has room for one more of a provider's messages.
    func canRelease(_ provider: Provider, at now: Moment) -> Bool {
        let open = listings.keys.filter { $0.provider == provider && listings[$0]?.allowance != .everything }
        return !open.isEmpty && open.allSatisfy { (listings[$0]?.releasable(at: now) ?? 0) > 0 }
    }

    /// With mail waiting, the queue is read so often even where nothing asks for it: for counts and for the clock.
    private static let lookAnyway = Duration.minutes(1)

    private func pausedProvider(of id: QueueID) -> Provider? {
        pausedProviders.first { provider in waiting[provider].messages.contains { $0.queueID == id } }
    }

    // MARK: Changes of others here

    mutating func probeChosen(_ choice: ProbeChoice, for key: ListingKey, at now: Moment) -> [ListingTask] {
        perform(
            listings.probeChosen(choice.probe, for: key, notBefore: choice.notBefore, at: now), at: now)
    }

    mutating func nothingWaiting(for key: ListingKey, at now: Moment) -> [ListingTask] {
        perform(listings.nothingWaiting(for: key, at: now), at: now)
    }

    /// The list behind a listing was asked.
    mutating func blocklistAnswered(isListed: Bool, for key: ListingKey, at now: Moment) -> [ListingTask] {
        // What the look-up changes in memory must be kept even where it orders nothing.
        hasNews = true
        return perform(listings.dnsAnswered(isListed: isListed, for: key, at: now), at: now)
    }

    mutating func takeRelease(of id: QueueID, to provider: Provider, at now: Moment) -> Bool {
        guard listings.takeRelease(of: id, to: provider, at: now) else { return false }
        hasNews = true
        return true
    }

    mutating func leftQueue(_ id: QueueID, of provider: Provider) {
        waiting.left(id, for: provider)
    }

    /// Changes what is told of a listing.
    mutating func tell(of key: ListingKey, _ change: (inout ListingNote) -> Void) {
        change(&told[key, default: ListingNote()])
        hasNews = true
    }
}
