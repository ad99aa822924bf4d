// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import Logging
internal import MailLog
internal import PosternCore
internal import PostfixWire
internal import Replies
internal import Routes
internal import Synchronization

/// Where everything about listings comes together: the log, the clock, the queue, and people's orders.
///
/// What is decided is remembered, then published to Postfix, then told, in this order: after a kill -9 at any moment a
/// pause is known again and its routes hold. Publishing waits for the disk, a few milliseconds and only when routes
/// change; it is the log that waits then, never a message.
final class ListingDesk: MailLogHearer {
    private struct State {
        var book: ListingBook
        /// Which host is whose.
        var providers: ProviderTable
        /// Whether the site is known, so that routes may be published.
        var isReady = false
        var store: RouteStore?
        /// When trouble with the store was last told.
        var saidAt: Moment?
        var keptAt: Moment?
    }

    private let state: Mutex<State>
    private let ledger: Ledger?
    private let log: Logger
    private let now: @Sendable () -> Moment
    /// What is noted of messages when they are submitted.
    let notes = MessageNotes()
    /// Looks up domains while a provider is paused.
    let scout: DomainScout
    private let outbox: AsyncStream<ListingTask>.Continuation
    /// How many are in it.
    private let waiting = Atomic(0)
    /// What is to be done in the world, in order; for one reader.
    private let tasks: AsyncStream<ListingTask>
    private let raise: @Sendable (Alert) -> Void

    /// A desk that goes on from what the ledger remembers.
    init(
        _ configuration: Configuration, ledger: Ledger?, log: Logger, now: @escaping @Sendable () -> Moment,
        raise: @escaping @Sendable (Alert) -> Void
    ) {
        self.ledger = ledger
        self.raise = raise
        self.log = log
        self.now = now
        scout = DomainScout(now: now)
        // Tasks are as many as the budgets allow; a reader that hangs for an hour must not fill the memory.
        (tasks, outbox) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(100_000))
        let table = RouteTable(
            domains: Self.domains(configuration, learnt: KeptState.read(from: ledger, as: Self.domainsName) ?? []))
        state = Mutex(
            State(
                book: ListingBook(
                    settings: Self.settings(configuration), isEnforcing: configuration.modes.listings == .enforce,
                    table: table,
                    restoring: KeptState.read(from: ledger, as: Self.listingsName) ?? ListingsState(),
                    notes: notes),
                providers: configuration.replies.rules?.providers ?? ProviderTable()))
    }

    private static let listingsName = "listings"
    private static let domainsName = "provider-domains"

    // MARK: What comes in

    func heard(_ delivery: Delivery) {
        change { $0.heard(delivery) }
    }

    func sightChanged(isBlind: Bool) {
        change { $0.sight(isBlind: isBlind, at: now()) }
    }

    /// The site is known, or known anew: which domains are its own, how long its queue keeps mail.
    func learnt(_ site: SiteFacts) {
        state.withLock { state in
            state.book.learnt(site)
            if state.store == nil { openStore(&state) }
            let isFirst = !state.isReady
            state.isReady = true
            let tasks = state.book.meets(site.onlyTold, at: now())
            settle(&state, tasks + (isFirst ? state.book.begin(at: now()) : []))
        }
    }

    /// Time passed; to be called about once a second.
    func clockReached() {
        change { $0.clockReached(now()) }
    }

    /// Domains that the site's tables have to be asked for, a few at a time.
    var domainsToAsk: [String] { state.withLock { $0.book.domainsToAsk } }

    /// A table of the site's told whether a domain is its own.
    func answered(_ domain: String, isProtected: Bool) {
        change { book in
            book.answered(domain, isProtected: isProtected)
            return []
        }
    }

    /// Whether nobody knows who serves a domain, and it could get a route.
    func isUnknown(_ domain: String) -> Bool { state.withLock { $0.book.isUnknown(domain) } }

    /// A look-up told the host that takes a domain's mail.
    func learnt(_ domain: String, servedBy host: String) {
        state.withLock { state in
            guard let provider = state.providers.provider(ofHost: host) else { return }
            state.book.learn(domain, of: provider, by: .mx, at: now())
            settle(&state, [])
        }
    }

    /// Listings behind which stands a list that can be asked by DNS, with the address that it is said to hold.
    var blocklistQuestions: [(key: ListingKey, address: ClientAddress)] {
        state.withLock { $0.book.blocklistQuestions }
    }

    /// The list behind a listing was asked.
    func blocklistAnswered(isListed: Bool, for key: ListingKey) {
        change { $0.blocklistAnswered(isListed: isListed, for: key, at: now()) }
    }

    /// Whether the queue should be read now.
    var wantsQueue: Bool { state.withLock { $0.isReady && $0.book.wantsQueue(at: now()) } }

    /// The queue was read.
    func looked(at entries: [QueueEntry], isCut: Bool) {
        change { $0.looked(at: entries, isCut: isCut, at: now()) }
    }

    /// The queue could not be read.
    func lookFailed() {
        change { book in
            book.lookFailed(at: now())
            return []
        }
    }

    /// Why no mail is kept, in words; `nil` where it is.
    var obstacle: String? {
        state.withLock { state in
            if let obstacle = state.book.obstacle { return obstacle }
            return state.book.isEnforcing ? nil : "listings are only told of"
        }
    }

    /// Somebody orders something for a provider.
    /// - Returns: Whether it changed anything.
    func order(_ action: ManualAction, for provider: Provider, by who: String) -> Bool {
        state.withLock { state in
            let (tasks, wasApplied) = state.book.ordered(action, for: provider, by: who, at: now())
            settle(&state, tasks)
            return wasApplied
        }
    }

    /// Another configuration is in force.
    func adopt(_ configuration: Configuration) {
        state.withLock { state in
            let learnt = state.book.table.domains.allLearnt
            state.book.table.domains = Self.domains(configuration, learnt: learnt)
            state.providers = configuration.replies.rules?.providers ?? ProviderTable()
            let tasks = state.book.adopt(
                Self.settings(configuration), isEnforcing: configuration.modes.listings == .enforce, at: now())
            if state.store == nil { openStore(&state) }
            settle(&state, tasks)
        }
    }

    /// Remembers everything and lets go of the database; Postfix goes on reading it until the leases end.
    func close() {
        state.withLock { state in
            keep(&state, at: now(), domains: true)
            state.store?.close()
        }
        outbox.finish()
    }

    // MARK: What others ask

    /// What the status service tells.
    var news: ListingsNews {
        var news = state.withLock { $0.book.news }
        news.tasksWaiting = waiting.load(ordering: .relaxed)
        return news
    }

    /// Whether a provider's mail waits now.
    func isPaused(_ provider: Provider) -> Bool { state.withLock { $0.book.isPaused(provider) } }

    /// Who serves a domain, as far as is known.
    func provider(of domain: String) -> Provider? { state.withLock { $0.book.table.domains.provider(of: domain) } }

    /// What waits of each paused provider; `nil` while the queue was not read, or not to its end.
    var backlogs: [ProviderBacklog]? {
        state.withLock { state in
            let waiting = state.book.waiting
            guard waiting.lookedAt != nil, !waiting.isCut else { return nil }
            return state.book.pausedProviders.compactMap { provider in
                let heap = waiting[provider]
                return heap.oldest.map { ProviderBacklog(provider, count: heap.messages.count, oldest: $0) }
            }
        }
    }

    /// Does what is decided, one thing after the other, until the desk is closed or the task cancelled; for one caller.
    func performTasks(_ perform: (ListingTask) async -> Void) async {
        for await task in tasks {
            waiting.subtract(1, ordering: .relaxed)
            await perform(task)
        }
    }

    private func send(_ task: ListingTask) {
        if case .enqueued = outbox.yield(task) { waiting.add(1, ordering: .relaxed) }
    }

    // MARK: Remember, publish, tell

    private func change(_ body: (inout ListingBook) -> [ListingTask]) {
        state.withLock { state in
            let tasks = body(&state.book)
            settle(&state, tasks)
        }
    }

    private func settle(_ state: inout State, _ tasks: [ListingTask]) {
        let moment = now()
        for case .record(let event) in tasks { ledger?.record(.event(event)) }
        let isDue = state.keptAt.map { moment.since($0) >= .seconds(1) || moment < $0 } ?? true
        if state.book.hasNews, !tasks.isEmpty || isDue { keep(&state, at: moment, domains: false) }
        if state.book.hasNewRoutes { publish(&state, at: moment) }
        scout.want(state.book.wantsDomains)
        for task in tasks {
            switch task {
            case .record: break
            case .say(let text): log.warning("\(text)")
            case .alert(let alert): raise(alert)
            default: send(task)
            }
        }
    }

    private func keep(_ state: inout State, at moment: Moment, domains: Bool) {
        state.keptAt = moment
        guard let ledger else { return }
        KeptState.write(state.book.state, to: ledger, as: Self.listingsName)
        if state.book.hasNewDomains || domains {
            KeptState.write(state.book.table.domains.allLearnt, to: ledger, as: Self.domainsName)
            state.book.hasNewDomains = false
        }
        state.book.hasNews = false
        // On disk before Postfix hears of it, or a kill -9 between would take the routes of a listing nobody knows.
        if state.book.hasNewRoutes { ledger.flush() }
    }

    private func publish(_ state: inout State, at moment: Moment) {
        guard state.isReady, let store = state.store else { return }
        let batch = state.book.table.difference(at: moment)
        guard !batch.isEmpty else {
            state.book.hasNewRoutes = false
            return
        }
        do throws(RouteStoreError) {
            try store.publish(batch, at: moment)
            state.book.table.published(batch)
            state.book.hasNewRoutes = false
            if state.saidAt != nil { log.notice("routes are published again") }
            state.saidAt = nil
        } catch .begunAnew(let path, let renewal) {
            state.book.table.storeHolds([])
            log.error("\(path): \(renewal)")
            send(.reopenRoutes)
        } catch {
            complain(&state, at: moment, error)
        }
    }

    private func openStore(_ state: inout State) {
        guard state.book.isEnforcing else { return }
        do throws(RouteStoreError) {
            let store = try RouteStore(path: state.book.settings.database, at: now())
            state.book.table.storeHolds(try store.rows(at: now()))
            state.book.hasNewRoutes = true
            state.store = store
            if let renewal = store.renewal {
                log.notice("\(store.path): \(renewal)")
                send(.reopenRoutes)
            }
        } catch {
            complain(&state, at: now(), error)
        }
    }

    /// Once a minute: the old rows hold until their lease ends, and each tick tries again.
    private func complain(_ state: inout State, at moment: Moment, _ error: RouteStoreError) {
        if let said = state.saidAt, moment >= said, moment.since(said) < .minutes(1) { return }
        state.saidAt = moment
        log.error("routes cannot be published: \(error); Postfix goes by the old ones until their lease ends")
        raise(
            Alert(.routesTrouble, about: "routes", at: moment, facts: [AlertFact(.reason, .text(error.description))]))
    }

    /// The site's settings, with what people call the providers.
    private static func settings(_ configuration: Configuration) -> ListingsSettings {
        var settings = configuration.listings
        guard let table = configuration.replies.rules?.providers else { return settings }
        for provider in table.providers { settings.listing.providerNames[provider] = table.title(of: provider) }
        return settings
    }

    private static func domains(_ configuration: Configuration, learnt: [ProviderDomain]) -> ProviderDomains {
        var domains = ProviderDomains(shipped: configuration.replies.rules?.providers.hints ?? [:])
        for entry in learnt {
            domains.learn(entry.domain, of: entry.provider, by: entry.evidence, at: entry.seenAt)
        }
        return domains
    }
}
