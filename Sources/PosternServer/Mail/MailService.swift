// SPDX-License-Identifier: Apache-2.0
internal import LimitState
internal import Logging
internal import PosternCore
internal import Synchronization

/// What all sessions of the milter share.
final class MailService: Sendable {
    let counters = SigningCounters()
    let limitCounters = LimitCounters()
    let policyCounters = PolicyCounters()
    let submitters = LocalSubmitters()
    /// Whose mail is held because a tripwire tripped.
    let stops = StoppedSenders()
    /// What may have to be given back.
    let receipts = LimitReceipts()
    let signedDomains = SignedDomains()
    let alerts = Alerts()
    let ownMail = OwnMail()
    let held: HeldMails
    let latencies = MailLatencies()
    /// What is done to mail, as the ledger keeps it.
    let deeds: DeedLog
    let log: Logger
    /// The wall clock, as an argument of all that is decided.
    let now: @Sendable () -> Moment
    private let clock: SteadyClock
    private let current: Mutex<Policy>
    private let passed = Mutex(PassedBefore())
    private let counted = Mutex(CountedBefore())
    private let watcher = Mutex<MailLogWatch?>(nil)
    private let hearers = Mutex<[any SubmissionHearer]>([])

    /// A service that goes on from what an earlier run left of the limits, or begins them at nothing.
    init(
        _ configuration: Configuration, log: Logger, continuing start: LimitState.Start? = nil,
        now: @escaping @Sendable () -> Moment
    ) {
        self.log = log
        self.now = now
        held = HeldMails(log: log, now: now)
        deeds = DeedLog(counters)
        let reading = HostClock.reading()
        clock = start?.anchor.map { SteadyClock(continuing: $0, reading) } ?? SteadyClock(reading)
        // Where nothing is kept, counters live as long as the process, and so does the secret that names them.
        current = Mutex(Policy(configuration, counters: counters, hashKey: start?.hashKey ?? .random()))
    }

    /// The policy in force; a message asks once, when it begins.
    var policy: Policy { current.withLock { $0 } }

    /// The moment for limits, which no step of the wall clock moves.
    var limitMoment: Moment { clock.moment(sinceBoot: HostClock.sinceBoot) }

    /// The moment for limits and the host's clocks beside it, for the next run to go on from.
    var limitAnchor: SteadyClock.Anchor { clock.anchor(HostClock.reading()) }

    /// Puts another configuration in force, for messages that begin from now on; what was counted goes on.
    func adopt(_ configuration: Configuration) {
        let next = Policy(configuration, counters: counters, continuing: policy, at: limitMoment)
        current.withLock { $0 = next }
    }

    /// Has the reader of the mail log told of each message that passes.
    func watch(by mailLog: MailLogWatch) {
        watcher.withLock { $0 = mailLog }
    }

    /// A message has passed, to be seen in the mail log soon.
    func messagePassed() {
        watcher.withLock { $0 }?.messagePassed()
    }

    /// Has somebody told of each submission from now on.
    func tell(_ hearer: any SubmissionHearer) {
        hearers.withLock { $0.append(hearer) }
    }

    /// Who is told of submissions; a message asks once, when it begins.
    var submissionHearers: [any SubmissionHearer] { hearers.withLock { $0 } }

    /// A message came with so many recipients that count, or would; it may come back from a content filter.
    func came(_ mark: PassedBefore.Mark, recipients: UInt32) {
        counted.withLock { $0.came(mark, recipients: recipients, at: limitMoment) }
    }

    /// Whether a message that a service of this host submits came in before, with as many recipients.
    func comesBack(_ mark: PassedBefore.Mark, recipients: UInt32) -> Bool {
        counted.withLock { $0.comesBack(mark, recipients: recipients, at: limitMoment) }
    }

    /// A message from outside passed; it may come back from a content filter.
    func cameFromOutside(_ mark: PassedBefore.Mark) {
        passed.withLock { $0.cameFromOutside(mark, at: now()) }
    }

    /// Whether a message from a trusted client came in from outside before.
    func hasPassedBefore(_ mark: PassedBefore.Mark) -> Bool {
        passed.withLock { $0.knows(mark, at: now()) }
    }
}
