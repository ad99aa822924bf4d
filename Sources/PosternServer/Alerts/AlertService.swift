// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import Logging
internal import PosternCore
internal import PostfixTools
internal import Replies
internal import ServiceLifecycle

/// Tells people what ``Alerts`` was told: decides by the core's desk, sends, and remembers over a restart.
actor AlertService: Service {
    private let alerts: Alerts
    private let ownMail: OwnMail
    private let ledger: Ledger?
    private let records: LedgerDesk?
    private let log: Logger
    private let now: @Sendable () -> Moment
    private var settings: AlertSettings
    private var table: ProviderTable?
    private var memory: AlertMemory
    private var desk: AlertDesk
    /// What the ledger has.
    private var kept: AlertMemory
    /// When what reached nobody is tried again.
    private var nextTry: Moment?
    private var isSending = false

    /// How often the clock is looked at.
    private static let tick = Duration.seconds(5)
    /// After which what reached nobody is tried again.
    private static let pause = Duration.minutes(1)
    /// The time before a listing in which what was sent may have caused it.
    private static let span = Duration.hours(24)

    init(_ configuration: Configuration, mail: MailService, ledger: Ledger?) {
        alerts = mail.alerts
        ownMail = mail.ownMail
        self.ledger = ledger
        records = ledger == nil ? nil : LedgerDesk(directory: configuration.store.directory)
        log = mail.log
        now = mail.now
        settings = configuration.alerts
        table = configuration.replies.rules?.providers
        memory = AlertMemory(text: ledger?.kept(as: AlertMemory.name))
        kept = memory
        desk = AlertDesk(settings: configuration.alerts.desk, memory: memory.desk)
    }

    func run() async throws {
        let alerts = alerts
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while !Task.isCancelled {
                        alerts.ring()
                        // A stop cancels the sleep, and that is no error.
                        try? await Task.sleep(for: Self.tick)
                    }
                }
                for await _ in alerts.rings {
                    // A notice on its way must not keep what is said meanwhile waiting.
                    if await self.hear() { group.addTask { await self.sendWaiting() } }
                }
                group.cancelAll()
            }
        }
        // What was said last is sent after the next start.
        absorb(alerts.take())
        keep()
    }

    /// Goes by another configuration from now on.
    func adopt(_ configuration: Configuration) {
        settings = configuration.alerts
        table = configuration.replies.rules?.providers
        desk.settings = configuration.alerts.desk
        nextTry = nil
        alerts.ring()
    }

    /// Sends a test at once, whatever waits; it counts among the notices of the hour.
    /// - Returns: What became of it; `nil` if there were too many in the past hour.
    func test() async -> AlertDelivery? {
        absorb(alerts.take())
        let notices = desk.raise(Alert(.test, about: "test", at: now()), at: now())
        keep()
        guard let notice = notices.first else { return nil }
        return await send(notice)
    }

    /// - Returns: Whether something is to be sent, and nobody sends yet.
    private func hear() async -> Bool {
        let said = alerts.take()
        absorb(await nameSenders(in: said))
        keep()
        guard !isSending, !memory.outbox.isEmpty, isTime else { return false }
        isSending = true
        return true
    }

    /// Whether what reached nobody may be tried again; a clock that was put back does not make it wait longer.
    private var isTime: Bool { nextTry.map { now() >= $0 || $0 > now() + Self.pause } ?? true }

    private func sendWaiting() async {
        defer { isSending = false }
        while let notice = memory.outbox.first, !Task.isCancelled {
            let delivery = await send(notice)
            guard delivery.isDelivered else {
                nextTry = now() + Self.pause
                return
            }
            nextTry = nil
            // Meanwhile an older one may have had to go for want of room.
            if memory.outbox.first == notice { memory.outbox.removeFirst() }
            keep()
        }
    }

    /// Hears what was said, and what the clock says.
    private func absorb(_ said: Alerts.Said) {
        let now = now()
        var notices = said.alerts.flatMap { desk.raise($0.alert, times: $0.times, at: now) }
        if let backlogs = alerts.providers.waiting() { notices += desk.waits(backlogs, at: now) }
        notices += desk.clockReached(now, offset: LocalClock.host(at: now).offset)
        if said.dropped > 0 { log.error("\(said.dropped) alerts were lost: too many at once") }
        let lost = memory.enqueue(notices)
        if lost > 0 { log.error("\(lost) alerts were given up: nobody could be reached for too long") }
    }

    /// Says who sent most before a provider refused our address: among them is who caused it.
    private func nameSenders(in said: Alerts.Said) async -> Alerts.Said {
        guard let records else { return said }
        var said = said
        for index in said.alerts.indices where said.alerts[index].alert.kind.asksWhoSent {
            let end = said.alerts[index].alert.moment
            let query = SenderQuery(since: end - Self.span, until: end, limit: Alert.mostSenders)
            // A ledger that cannot be read is told of elsewhere; the alert goes out without names.
            guard let senders = try? await records.ask({ try $0.senders(query) }) else { continue }
            said.alerts[index].alert.senders = senders.filter { $0.volume > 0 }.map {
                AlertSender($0.sender, recipients: $0.volume)
            }
        }
        return said
    }

    private func keep() {
        memory.desk = desk.memory
        guard memory != kept else { return }
        kept = memory
        ledger?.keep(memory.text, as: AlertMemory.name)
    }

    private func send(_ notice: AlertNotice) async -> AlertDelivery {
        let post = AlertPost(
            settings: settings, providers: alerts.providers, table: table, ownMail: ownMail)
        let now = now()
        let delivery: AlertDelivery
        do throws(CommandError) {
            delivery = try await CommandRunner.offThread { () throws(CommandError) in post.deliver(notice, at: now) }
        } catch {
            // The work throws nothing; it answers with what went wrong.
            var failed = AlertDelivery(AlertWords(host: "", clock: LocalClock(offset: 0)).letter(for: notice).report)
            failed.troubles.append("\(error)")
            delivery = failed
        }
        note(delivery, at: now)
        return delivery
    }

    private func note(_ delivery: AlertDelivery, at now: Moment) {
        if delivery.isDelivered {
            log.notice("alert \(delivery.code): \(delivery.title): \(delivery.sentence)")
            ledger?.record(.event(LedgerEvent(time: now, kind: .alert, detail: delivery.detail)))
        } else if nextTry == nil {
            log.error("alert \(delivery.code): \(delivery.title): it reached nobody: \(delivery.sentence)")
        }
    }
}

extension AlertKind {
    /// Whether who sent what before is a part of it.
    fileprivate var asksWhoSent: Bool {
        switch self {
        case .listingOpened, .listingOpenedAgain, .listingSlowed: true
        default: false
        }
    }
}

extension AlertSettings {
    /// What the desk goes by.
    fileprivate var desk: AlertDesk.Settings { AlertDesk.Settings(hourly: hourly, digestHour: digestHour) }
}
