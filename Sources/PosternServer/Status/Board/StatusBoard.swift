// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore
internal import StatusModel

/// All that the status service tells: each part publishes here, and those who ask only read.
///
/// Nothing here takes a lock that a message on its way, or a line of the log, waits for.
final class StatusBoard: Sendable {
    /// The counters of the milter's sessions.
    let mail: MailService
    /// The reader of the mail log; `nil` where none is read.
    let mailLog: MailLogWatch?
    /// The ledger's questions; `nil` where there is no ledger.
    let desk: LedgerDesk?
    /// The configuration in force.
    let configuration: Published<Configuration>
    /// The listings; `nil` while nothing published any.
    let listings = Published<ListingsNews?>(nil)
    /// The held messages; `nil` while nothing published any.
    let held = Published<HeldReport?>(nil)
    /// The senders with the most deliveries within a day; `nil` until they were looked up.
    let senders = Published<SendersReport?>(nil)
    /// Deliveries by provider over time, as they were last looked up.
    let histories = Published<[HistoryRange: DeliveryHistory]>([:])
    /// What happens, for those who listen.
    let events: EventHub
    /// Times that the ledger could not be written.
    let storeErrors: Counter

    private let started = ContinuousClock.now

    init(
        _ configuration: Configuration, mail: MailService, mailLog: MailLogWatch?, desk: LedgerDesk?,
        events: EventHub = EventHub(), storeErrors: Counter = Counter()
    ) {
        self.events = events
        self.storeErrors = storeErrors
        self.configuration = Published(configuration)
        self.mail = mail
        self.mailLog = mailLog
        self.desk = desk
    }

    /// The wall clock.
    var now: Moment { mail.now() }

    /// How the daemon is, in one look.
    var status: StatusReport {
        let modes = configuration.value.modes
        let unsigned = mail.counters.unsignedByReason.filter { $0.value > 0 }
        return StatusReport(
            version: Version.text, pid: processID, uptime: Int(started.duration(to: .now).components.seconds),
            signing: .init(
                mode: modes.signing.rawValue, signed: mail.counters.signed.value,
                unsigned: Dictionary(uniqueKeysWithValues: unsigned.map { ($0.key.rawValue, $0.value) }),
                signatures: mail.counters.signaturesByKey),
            limits: .init(
                mode: modes.limits.rawValue, observed: mail.limitCounters.observed.value,
                held: mail.limitCounters.held.value, refusedRecipients: mail.limitCounters.refusedRecipients.value,
                refusedMessages: mail.limitCounters.refusedMessages.value),
            policy: configuration.value.policy.socket.map { _ in policyService }, mailLog: mailLog?.report)
    }

    private var policyService: StatusReport.PolicyService {
        let counters = mail.policyCounters
        return .init(
            requests: counters.requests.value, unreadable: counters.unreadable.value, faults: counters.faults.value,
            turnedAway: counters.turnedAway.value)
    }

    /// The listings, as they were last published.
    var listingsReport: ListingsReport {
        let mode = configuration.value.modes.listings.rawValue
        guard let news = listings.value else { return ListingsReport(mode: mode) }
        return ListingsReport(mode: mode, news.snapshot, waiting: news.waiting)
    }
}
