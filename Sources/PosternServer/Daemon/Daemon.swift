// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import LimitState
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import PosternCore
internal import PostfixTools
internal import ServiceLifecycle
public import Settings
internal import StatusModel
internal import UnixSignals

/// The whole of Postern in one process: puts the parts together and runs them until a signal.
public actor Daemon {
    private let path: String
    private var configuration: Configuration
    private let mail: MailService
    private let log: Logger
    private let ledger: Ledger?
    private let mailLog: MailLogWatch?
    private let listings: ListingDesk?
    private let limitKeeper: LimitKeeper?
    private let board: StatusBoard
    private let alerts: AlertService

    /// Takes the configuration at `path`.
    /// - Throws: ``Settings/Problems`` if it cannot be used.
    public init(configurationFile path: String) throws(Problems) {
        self.path = path
        configuration = try Configuration.load(path)
        log = Logger(label: "postern")
        let limitState = LimitKeeper.open(configuration, log)
        mail = MailService(configuration, log: log, continuing: limitState?.start, now: { .now })
        limitKeeper = limitState.map { [mail, log] in LimitKeeper($0, mail: mail, log: log) }
        let events = EventHub()
        let storeErrors = Counter()
        // What the ledger keeps comes from the mail log and from the limits; without either, nothing needs a database.
        let limits = configuration.modes.limits
        let isNeeded = configuration.replies.rules != nil || limits != .off
        ledger = isNeeded ? Self.openLedger(configuration.store, events: events, errors: storeErrors, mail) : nil
        if let ledger { Self.rememberHeld(in: ledger, configuration.store, mail) }
        mail.deeds.tell(ledger)
        listings = Self.listings(configuration, ledger, mail)
        let tripwires = TripwireGuard(mail)
        var hearers: [any MailLogHearer] = [tripwires]
        if let listings { hearers.append(listings) }
        mailLog = configuration.replies.rules.map { [configuration, mail, ledger, log, hearers] rules in
            MailLogWatch(
                source: configuration.mailLog.name, rules: rules, policy: configuration.senders.policy, ledger: ledger,
                hearers: hearers, mail: mail, log: log)
        }
        if let mailLog { mail.watch(by: mailLog) }
        if let listings {
            mail.tell(listings.notes)
            mail.tell(listings.scout)
        }
        if let limitKeeper { mail.tell(limitKeeper) }
        mail.tell(tripwires)
        board = StatusBoard(
            configuration, mail: mail, mailLog: mailLog,
            desk: ledger == nil ? nil : LedgerDesk(directory: configuration.store.directory), events: events,
            storeErrors: storeErrors)
        alerts = AlertService(configuration, mail: mail, ledger: ledger)
        if let listings {
            mail.alerts.ask(
                .init(
                    serving: { listings.provider(of: $0) }, isPaused: { listings.isPaused($0) },
                    waiting: { listings.backlogs }))
        }
        if let ledger { mail.tell(SubmissionLedger(ledger)) }
    }

    /// Without the log's lines there is nothing to judge.
    private static func listings(_ configuration: Configuration, _ ledger: Ledger?, _ mail: MailService) -> ListingDesk?
    {
        guard configuration.replies.rules != nil, configuration.modes.listings != .off else { return nil }
        let (log, alerts) = (mail.log, mail.alerts)
        return ListingDesk(configuration, ledger: ledger, log: log, now: { .now }) { alert in
            log.warning("\(alert.subject): \(alert.kind.rawValue)")
            alerts.raise(alert)
        }
    }

    private static func rememberHeld(in ledger: Ledger, _ settings: StoreSettings, _ mail: MailService) {
        let records = try? LedgerReader(directory: settings.directory).held()
        mail.held.keep(in: ledger, knowing: records ?? [])
        mail.tell(mail.held)
    }

    /// Without a ledger everything else goes on.
    private static func openLedger(
        _ settings: StoreSettings, events: EventHub, errors: Counter, _ mail: MailService
    ) -> Ledger? {
        let (log, alerts) = (mail.log, mail.alerts)
        do throws(LedgerError) {
            return try Ledger(
                directory: settings.directory, options: LedgerOptions(retention: settings.retention), clock: { .now },
                hears: { events.publish(.event(EventReport($0))) },
                tell: { condition in
                    if case .unwritable = condition { errors.increment() }
                    log.warning("\(condition)")
                    if case .recovered = condition { return }
                    alerts.raise(ledgerTrouble("\(condition)"))
                })
        } catch {
            log.error("\(error); going on without a ledger")
            alerts.raise(ledgerTrouble("\(error)"))
            return nil
        }
    }

    private static func ledgerTrouble(_ reason: String) -> Alert {
        Alert(.ledgerTrouble, about: "ledger", at: .now, facts: [AlertFact(.reason, .text(reason))])
    }

    /// Runs until SIGTERM or SIGINT; messages in flight finish.
    /// - Throws: what keeps a part from starting, in words for the operator.
    public func run() async throws {
        // Half of the processors are Postfix's: with a loop on each of them an answer waits for its turn behind others.
        NIOSingletons.groupLoopCountSuggestion = max(1, System.coreCount / 2)
        // Trapped before libmilter starts the thread that would take SIGHUP for an order to stop.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        for notice in configuration.notices { log.notice("\(notice)") }
        let milter = try MilterService(configuration.milter, mail: mail, log: log)
        var handlers: [any ActionHandler] = [
            ReloadHandler(daemon: self),
            HeldActions(
                stops: mail.stops,
                records: ledger == nil ? nil : LedgerDesk(directory: configuration.store.directory), ledger: ledger,
                helper: QueueHelperClient(), queue: PostQueue()),
        ]
        if let listings {
            handlers.append(ListingActions(desk: listings) { [board] in board.isKnown($0.name) })
        }
        let actions = ActionDesk(board: board, handlers: handlers, ledger: ledger, log: log)
        var more: [any StatusResource] = [AlertTestResource(alerts: alerts, desk: actions)]
        if ledger != nil { more.append(SendersResource(directory: configuration.store.directory, now: mail.now)) }
        let status = try StatusService(
            configuration.status, board: board, actions: actions, more: more, log: log
        ) { [log, path, summary = configuration.summary] in
            log.notice("\(Version.text) runs", metadata: ["configuration": "\(path)", "pid": "\(processID)"])
            Supervisor.ready(summary)
        }
        var services: [any Service] = [
            ReloadService(daemon: self, signals: hangups), UpkeepService(mail: mail, mailLog: mailLog), status, milter,
            HistoryKeeper(board: board, listings: listings),
            alerts,
        ]
        // First, so that it stops last: after the last message was counted.
        if let limitKeeper { services.insert(LimitKeepingService(keeper: limitKeeper), at: 0) }
        if let policy = try await PolicyService.open(configuration.policy, mail: mail) { services.append(policy) }
        services.append(
            HoldQueueService(
                held: mail.held, directory: configuration.store.directory, queue: PostQueue(), log: log, now: mail.now))
        services.append(nightly)
        if let mailLog {
            services.append(
                MailLogService(settings: configuration.mailLog, watch: mailLog, listings: listings, ledger: ledger))
        }
        if let listings {
            services.append(
                ListingService(
                    desk: listings, site: SiteWatch(log: log, now: { .now }),
                    hands: ListingHands(queue: PostQueue(), helper: QueueHelperClient(), log: log), log: log))
        }
        services.append(StopNotice())
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: quiet))
        try await group.run()
        // Where a mail log is read, its service has closed the ledger after the last line.
        if mailLog == nil { ledger?.close() }
        log.notice("stopped")
    }

    private var nightly: NightlyCheck {
        NightlyCheck(
            alerts: mail.alerts, ledger: ledger, log: log, now: mail.now, hour: { await self.configuration.check.hour },
            check: { [path] in await SiteCheck(self.configuration, path: path).run { _, _ in } })
    }

    /// Reads the configuration file again; what is wrong with it is logged, and the old one stays in force.
    /// - Returns: What is wrong with it, a line each; nothing where it is in force now.
    @discardableResult
    public func reload() async -> [String] {
        Supervisor.reloading()
        var outcome = "this configuration is refused, the one before stays in force"
        defer { Supervisor.ready(outcome) }
        do throws(Problems) {
            let next = try Configuration.load(path)
            noteWhatNeedsRestart(next)
            configuration = next
            mail.adopt(next)
            for notice in next.notices { log.notice("\(notice)") }
            board.configuration.publish(next)
            await alerts.adopt(next)
            if let rules = next.replies.rules { mailLog?.adopt(rules) }
            listings?.adopt(next)
            outcome = next.summary
            log.notice("configuration reloaded", metadata: ["configuration": "\(path)"])
            return []
        } catch {
            for problem in error.all { log.error("\(problem)") }
            log.error("the configuration in force stays as it was")
            mail.alerts.raise(
                Alert(
                    .configurationRefused, about: path, at: .now,
                    facts: error.all.prefix(5).map { AlertFact(.reason, .text("\($0)")) }))
            return error.all.map { "\($0)" }
        }
    }

    private func noteWhatNeedsRestart(_ next: Configuration) {
        let changes = [
            ("milter.socket", next.milter.socket != configuration.milter.socket),
            ("policy.socket", next.policy.socket != configuration.policy.socket),
            ("status.socket", next.status.socket != configuration.status.socket),
            ("status.group", next.status.group != configuration.status.group),
            ("status.listen", next.status.listen != configuration.status.listen),
            ("mail-log.source", next.mailLog.source != configuration.mailLog.source),
            ("listings.database", next.listings.database != configuration.listings.database),
            ("modes.limits: counters survive a restart", limitKeeper == nil && next.modes.limits != .off),
            ("store.directory", next.store.directory != configuration.store.directory),
        ]
        for (key, hasChanged) in changes where hasChanged {
            log.warning("\(key) has changed: it takes effect at the next restart")
        }
    }

    /// The lifecycle library's own steps are of no interest to an operator.
    private var quiet: Logger {
        var logger = Logger(label: "services")
        logger.logLevel = .error
        return logger
    }
}
