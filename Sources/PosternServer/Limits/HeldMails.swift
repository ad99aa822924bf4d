// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import Logging
internal import PosternCore
internal import Synchronization

/// What limits put into Postfix's hold queue: recorded in the ledger, counted by sender, and told of.
///
/// A message is heard of while Postfix waits for our answer, so nothing here waits for a disk. That it was freed or deleted
/// since, by whomever, shows in the queue, which is looked at now and then.
final class HeldMails: SubmissionHearer {
    /// Postfix shows a message in its hold queue a moment after we said so.
    static let lag = Duration.seconds(30)

    private let log: Logger
    private let now: @Sendable () -> Moment
    private let state = Mutex(State())

    private struct State {
        var watch = HoldQueueWatch()
        var ledger: Ledger?
        /// Held at the first recipient, before Postfix gives the message a name; by the process of smtpd(8) that asked.
        var unnamed: [UInt32: Unnamed] = [:]
    }

    private struct Unnamed {
        var instance: String
        var submission: Submission
    }

    /// As many as an smtpd(8) may run at once, and more.
    private static let mostUnnamed = 4096
    /// After which a message that was not named will not be; the process may be another by then.
    private static let namingTime = Duration.minutes(10)

    init(log: Logger, now: @escaping @Sendable () -> Moment) {
        self.log = log
        self.now = now
    }

    /// Keeps records in a ledger from now on, and remembers those that it has.
    func keep(in ledger: Ledger, knowing records: [HeldMail]) {
        state.withLock { state in
            state.ledger = ledger
            for mail in records { state.watch.found(mail.queueID, of: mail.sender, since: mail.time) }
        }
    }

    /// Whether so many messages of a sender are on hold already.
    func isFull(of sender: Sender?, most: Int) -> Bool {
        guard let sender else { return false }
        return state.withLock { $0.watch.count(of: sender.name) } >= most
    }

    /// An smtpd(8) asks about a message that has no name yet: an older one of its that never got one will not come.
    func asked(about instance: String) {
        guard let process = Self.process(of: instance) else { return }
        state.withLock { state in
            guard let unnamed = state.unnamed[process], unnamed.instance != instance else { return }
            state.unnamed[process] = nil
        }
    }

    /// A message is held that has no name yet; the log tells it, in the next such line of that smtpd(8).
    func heard(_ submission: Submission, about instance: String) {
        guard let process = Self.process(of: instance) else { return }
        state.withLock { state in
            guard state.unnamed.count < Self.mostUnnamed || state.unnamed[process] != nil else { return }
            state.unnamed[process] = Unnamed(instance: instance, submission: submission)
        }
    }

    /// An smtpd(8) has given a message its name.
    func named(_ id: QueueID, by process: UInt32) {
        let unnamed = state.withLock { $0.unnamed.removeValue(forKey: process) }
        guard var submission = unnamed?.submission, now().since(submission.moment) < Self.namingTime else { return }
        submission.queueID = id
        heard(submission)
    }

    /// The process that asks: Postfix's `instance` begins with it, in hexadecimal digits (smtpd_check.c, 3.7).
    private static func process(of instance: String) -> UInt32? {
        UInt32(Substring(instance.utf8.prefix { $0 != UInt8(ascii: ".") }), radix: 16)
    }

    func heard(_ submission: Submission) {
        guard submission.outcome == .held, let id = submission.queueID else { return }
        let limit = submission.holdingLimit
        let mail = HeldMail(
            queueID: id, time: submission.moment, sender: submission.sender.name, senderClass: submission.senderClass,
            rule: limit?.rule ?? "", reason: limit?.reason ?? "", envelopeSender: submission.envelopeSender,
            recipients: submission.recipients, size: submission.size)
        let finding = state.withLock { state in
            state.ledger?.record(.held(mail))
            return state.watch.held(id, of: mail.sender, reason: mail.reason, at: mail.time)
        }
        if let finding { tell(finding) }
    }

    /// Whether anything is known to lie on hold, so that it is worth to look at the queue.
    var isEmpty: Bool { state.withLock { $0.watch.isEmpty } }

    /// The hold queue was seen: what is missing there is on hold no more.
    func seen(_ holding: Set<QueueID>, at moment: Moment) {
        state.withLock { state in
            for id in state.watch.ids where !holding.contains(id) {
                guard let since = state.watch.since(id), moment.since(since) >= Self.lag else { continue }
                state.watch.gone(id)
                state.ledger?.record(.notHeld(id))
            }
        }
    }

    /// Says so if something lies there too long unseen.
    /// - Parameter look: When an operator last looked at what is held.
    func lookAround(lastLook look: Moment?) {
        let finding = state.withLock { state in
            if let look { state.watch.looked(at: look) }
            return state.watch.clockReached(now())
        }
        if let finding { tell(finding) }
    }

    /// The one place where an alert of held mail is worded.
    private func tell(_ finding: HoldQueueWatch.Finding) {
        switch finding {
        case .sender(let name, let reason):
            log.error("mail of \(name) is held: \(reason); see postern held --sender \(name)")
        case .unseen(let messages, let senders, let since):
            log.error(
                "\(messages) messages of \(senders) senders are held, the first since \(since.seconds), and nobody has looked: see postern held"
            )
        }
    }
}
