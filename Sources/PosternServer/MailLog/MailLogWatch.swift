// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import Logging
internal import LogSource
internal import MailLog
internal import PosternCore
internal import PostfixWire
internal import Replies
internal import StatusModel
internal import Synchronization

/// Hears Postfix's log while the daemon runs: writes the ledger, counts, and sounds the alarms.
final class MailLogWatch: LogReceiver, @unchecked Sendable {
    // The reader and the alarms are the follower's thread's alone, which calls one at a time; what others read or set is
    // in `shared`.
    private var reader: MailLogReader
    private var unclassified = UnclassifiedAlarm()
    private var authentication = AuthenticationBreaker()
    /// Whether a place in the log is on disk.
    private var hasPlace = false
    /// When the calendar was told last how late it is.
    private var datedAt: Moment
    /// What the lines since the last position teach; both go to the ledger together.
    private var entries: [LedgerEntry] = []
    /// How old the newest line was when it was read.
    private var newestLag: Duration?
    private let shared: Mutex<Shared>
    /// What is told of it all: apart from `shared`, which each message that passes takes.
    private let told: Mutex<Told>

    private let source: String
    private let ledger: Ledger?
    private let hearers: [any MailLogHearer]
    private let submitters: LocalSubmitters
    private let signedDomains: SignedDomains
    private let receipts: LimitReceipts
    private let held: HeldMails
    private let limitMoment: @Sendable () -> Moment
    private let alerts: Alerts
    private let ownMail: OwnMail
    private let log: Logger
    private let now: @Sendable () -> Moment

    private struct Shared {
        var nextRules: ReplyRules?
        var sight = LogBlindness()
    }

    private struct Told {
        var report: MailLogReport
        /// Since when nothing is heard of the mail that passes.
        var unheardSince: Moment?
        /// Since when the source cannot be opened or read.
        var unreadableSince: Moment?
        /// How old the newest line was when it was read.
        var lag: Duration?
    }

    init(
        source: String, rules: ReplyRules, policy: SenderPolicy, ledger: Ledger?, hearers: [any MailLogHearer],
        mail: MailService, log: Logger
    ) {
        self.source = source
        self.ledger = ledger
        self.hearers = hearers
        self.log = log
        submitters = mail.submitters
        signedDomains = mail.signedDomains
        receipts = mail.receipts
        held = mail.held
        limitMoment = { [unowned mail] in mail.limitMoment }
        alerts = mail.alerts
        ownMail = mail.ownMail
        now = mail.now
        datedAt = mail.now()
        reader = MailLogReader(rules: rules, policy: policy, calendar: LogCalendar(years: .before(datedAt)))
        shared = Mutex(Shared())
        told = Mutex(Told(report: MailLogReport(source: source)))
    }

    /// How the log is being read, and what it told so far.
    var report: MailLogReport {
        told.withLock { told in
            var report = told.report
            report.blindSince = (told.unheardSince ?? told.unreadableSince).map(Timestamp.init)
            return report
        }
    }

    /// How old the newest line was when it was read; `nil` before the first.
    var lag: Duration? { told.withLock { $0.lag } }

    /// Says so if mail passes and the log tells nothing of it; to be called now and then.
    func lookAround() {
        let change = shared.withLock { $0.sight.clockReached(now()) }
        if let change { note(change) }
    }

    /// Reads with other rules from now on.
    func adopt(_ rules: ReplyRules) {
        shared.withLock { $0.nextRules = rules }
    }

    /// A message passed the milter: its lines must come.
    func messagePassed() {
        shared.withLock { $0.sight.messagePassed(at: now()) }
    }

    // MARK: What the source tells

    func receive(_ line: Span<UInt8>, writtenAt time: Moment?) {
        let now = now()
        date(at: now)
        guard let heard = reader.take(line, writtenAt: time, receivedAt: now) else { return }
        if let id = heard.record.queueID {
            receipts.heard(heard.record.event, of: id, at: limitMoment())
            if case .accepted = heard.record.event, let process = heard.record.tag.processID {
                held.named(id, by: process)
            }
        }
        newestLag = max(.zero, now.since(heard.record.time))
        if case .submitted(let submitted) = heard.record.event, let id = heard.record.queueID {
            submitters.submitted(id.description, by: submitted.userID)
        }
        guard let delivery = heard.delivery else { return }
        for hearer in hearers { hearer.heard(delivery) }
        note(delivery)
    }

    func reached(_ position: LogPosition) {
        told.withLock { told in
            told.report.lines = reader.lineCount
            told.report.malformedLines = reader.malformedCount
            told.lag = newestLag
        }
        let (change, rules) = shared.withLock { shared in
            defer { shared.nextRules = nil }
            return (shared.sight.lineRead(), shared.nextRules)
        }
        if let rules { reader.rules = rules }
        if let change { note(change) }
        guard let ledger else { return }
        ledger.record(entries, reaching: LedgerPosition(source: source, text: position.text))
        entries.removeAll(keepingCapacity: true)
        // The first place is on disk before its first line comes: a daemon that is killed reads on from there, not from a
        // later end of the log.
        guard !hasPlace else { return }
        hasPlace = true
        ledger.flush()
    }

    func noticed(_ event: LogSourceEvent) {
        switch event {
        case .opened(let path, _):
            submitters.logIsRead(true)
            log.info("reading the mail log", metadata: ["source": "\(path)"])
        case .rotated(let path): log.info("the mail log was rotated", metadata: ["source": "\(path)"])
        case .truncated(let path): log.notice("the mail log was emptied in place", metadata: ["source": "\(path)"])
        case .gap(let gap): log.warning("lines of the mail log may have been missed: \(gap)")
        case .damaged(let fault): log.warning("\(fault)")
        case .suppressed(let count):
            log.error(
                "journald dropped \(count) lines of Postfix for their rate: set RateLimitIntervalSec=0 for its unit")
            alerts.raise(
                Alert(
                    .logLinesDropped, about: source, at: now(),
                    facts: [AlertFact(.dropped, .count(count))]))
        case .cannotRead(let since, let reason):
            submitters.logIsRead(false)
            told.withLock { $0.unreadableSince = since }
            for hearer in hearers { hearer.sightChanged(isBlind: true) }
            log.error("the mail log cannot be read: \(reason); blind since then", metadata: ["source": "\(source)"])
            alerts.raise(
                Alert(
                    .logUnreadable, about: source, at: now(), since: since,
                    facts: [AlertFact(.reason, .text(reason))]))
        case .readableAgain:
            submitters.logIsRead(true)
            told.withLock { $0.unreadableSince = nil }
            for hearer in hearers { hearer.sightChanged(isBlind: false) }
            log.notice("the mail log can be read again", metadata: ["source": "\(source)"])
            alerts.raise(Alert(.logSeen, about: source, at: now()))
        }
    }

    /// Tells the calendar how late it is: a stamp without a year is taken for one of the last twelve months, and a daemon
    /// that runs for weeks must not take today's lines for last year's.
    private func date(at now: Moment) {
        guard now.since(datedAt) >= .hours(1) || now < datedAt else { return }
        datedAt = now
        reader.calendar.years = .before(now)
    }

    // MARK: What a line means

    private func note(_ delivery: Delivery) {
        if ledger != nil, let attempt = AttemptRecord(delivery) { entries.append(.attempted(attempt)) }
        let isCounted = delivery.source == .provider || delivery.source == .foreignHost
        guard isCounted else { return }
        let replyClass = delivery.reading?.replyClass
        told.withLock { $0.report.count(delivery.provider, replyClass) }
        if ledger != nil, let entry = LedgerEntry(delivery) { entries.append(entry) }
        alarm(delivery)
    }

    private func alarm(_ delivery: Delivery) {
        // What becomes of an alert must raise none.
        if let queueID = delivery.queueID?.description, ownMail.isQueued(queueID) {
            if let reply = delivery.reply { log.error("an alert to \(delivery.recipient) was refused: \(reply.text)") }
            return
        }
        let domain = delivery.queueID.flatMap { signedDomains.domain(of: $0.description) }
        guard let reading = delivery.reading, let reply = delivery.reply else {
            if let provider = delivery.provider { unclassified.understood(provider, at: delivery.moment) }
            if let domain { authentication.passed(domain, at: delivery.moment) }
            return
        }
        if let provider = delivery.provider {
            if reading.replyClass == .other {
                let finding = unclassified.unclassified(provider, reply: reply.text, at: delivery.moment)
                if let finding { tell(finding) }
            } else {
                unclassified.understood(provider, at: delivery.moment)
            }
        }
        if reading.replyClass == .authentication, let domain,
            let finding = authentication.refused(domain, reply: reply.text, at: delivery.moment)
        {
            tell(finding)
        }
    }

    private func tell(_ finding: UnclassifiedAlarm.Finding) {
        log.error(
            """
            \(finding.provider) refuses \(finding.unclassified) of \(finding.replies) messages within an hour in words that \
            no rule knows; the latest: \(finding.sample)
            """)
        alerts.raise(
            Alert(
                .unclassifiedRefusals, about: finding.provider.name, at: now(), evidence: finding.sample,
                facts: [
                    AlertFact(.refusals, .count(Int(finding.unclassified))),
                    AlertFact(.replies, .count(Int(finding.replies))),
                ]))
    }

    private func tell(_ finding: AuthenticationBreaker.Finding) {
        log.error(
            """
            mail signed for \(finding.domain) passed until \(finding.lastPassed.seconds) and is refused now for want of \
            authentication, \(finding.refusals) times since \(finding.since.seconds): is its key still published? \
            The latest: \(finding.sample)
            """)
        alerts.raise(
            Alert(
                .authenticationRefused, about: finding.domain, at: now(), since: finding.since,
                evidence: finding.sample,
                facts: [
                    AlertFact(.lastPassed, .moment(finding.lastPassed)),
                    AlertFact(.refusals, .count(finding.refusals)),
                ]))
    }

    private func note(_ change: LogBlindness.Change) {
        for hearer in hearers { hearer.sightChanged(isBlind: change.isBlind) }
        switch change {
        case .blind(let since):
            told.withLock { $0.unheardSince = since }
            log.error(
                "blind since \(since.seconds): mail passes the milter, and the mail log tells nothing of it; is \(source) the right source?"
            )
            alerts.raise(Alert(.logBlind, about: source, at: now(), since: since))
        case .seeing:
            told.withLock { $0.unheardSince = nil }
            log.notice("the mail log tells again")
            alerts.raise(Alert(.logSeen, about: source, at: now()))
        }
    }
}
