// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import LimitState
internal import Logging
internal import PosternCore
internal import Synchronization

/// Brings the limits' counters back at the start, and what changes to the disk while the daemon runs.
///
/// The disk is waited for on a queue of its own; mail only ever meets the locks of the shards, a few hundred records at a
/// time. A kill -9 loses what came since the last flush: `interval` and the time that one takes.
final class LimitKeeper: SubmissionHearer {
    /// How often changes are written.
    static let interval = Duration.seconds(2)

    private let mail: MailService
    private let names = Mutex(SenderNames())
    private let work: Mutex<Work>
    private let queue = DispatchQueue(label: "postern.limits", qos: .utility)

    /// What only the queue's turns touch.
    private struct Work {
        var state: LimitState
        /// A batch that could not be written; nothing more is taken from the tables before it is.
        var unwritten: LimitBatch?
        /// The shard to go on with.
        var hand = 0
        /// When something was last written.
        var writtenAt: Moment?
    }

    /// How many counters one transaction writes.
    private static let batch = 4096
    /// How long one flush goes on if ever more changes; the next one goes on from there.
    private static let longest = Duration.seconds(2)

    /// The state of a site whose limits are on.
    static func open(_ configuration: Configuration, _ log: Logger) -> LimitState? {
        guard configuration.modes.limits != .off else { return nil }
        return LimitState(directory: configuration.store.directory, fresh: .random(), at: .now) { condition in
            if condition == .recovered { log.notice("\(condition)") } else { log.error("\(condition)") }
        }
    }

    /// Restores what an earlier run counted.
    init(_ state: LimitState, mail: MailService, log: Logger) {
        self.mail = mail
        var state = state
        let moment = mail.limitMoment
        var count = 0
        if let limiter = mail.policy.limiter {
            state.readCounters(at: .now) { rule, record in
                limiter.restore(record, ofRule: rule, at: moment)
                count += 1
            }
        }
        mail.stops.restore(state.readStops(at: .now), at: moment)
        if count > 0 { log.info("the counters of \(count) senders go on from the last run") }
        work = Mutex(Work(state: state))
    }

    func heard(_ submission: Submission) {
        let key = SenderKey(submission.sender, key: mail.policy.hashKey)
        let moment = mail.limitMoment
        names.withLock { $0.saw(submission.sender, submission.senderClass, key, at: moment) }
    }

    /// Writes what has changed, without holding up a thread of the pool.
    func flush() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.flush(for: Self.longest)
                continuation.resume()
            }
        }
    }

    /// Writes all that has changed, however much it is, and lets go of the file.
    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.flush(for: .hours(1))
                self.work.withLock { $0.state.close() }
                continuation.resume()
            }
        }
    }

    private func flush(for time: Duration) {
        guard let limiter = mail.policy.limiter else { return }
        work.withLock { work in
            let end = mail.limitMoment + time
            repeat {
                let batch = work.unwritten ?? nextBatch(of: limiter, &work.hand)
                let anchor = mail.limitAnchor
                if batch.isEmpty, let last = work.writtenAt, anchor.moment.since(last) < .minutes(1) { return }
                let outcome = work.state.write(batch, anchor: anchor, forgettingBefore: oldest(limiter, anchor.moment))
                guard outcome.isWritten else {
                    work.unwritten = batch
                    return
                }
                if outcome.isNewFile {
                    limiter.noteAllChanged()
                    mail.stops.noteChanged()
                }
                work.unwritten = nil
                work.writtenAt = anchor.moment
                if batch.counters.count < Self.batch, !outcome.isNewFile { return }
            } while mail.limitMoment < end
        }
    }

    private func nextBatch(of limiter: ShardedLimiter, _ hand: inout Int) -> LimitBatch {
        var batch = LimitBatch()
        batch.counters = limiter.takeChanges(Self.batch, from: &hand)
        batch.senders = names.withLock { $0.take() }
        batch.stops = mail.stops.takeChange(at: mail.limitMoment)
        return batch
    }

    /// Before when nothing counts any more, by the longest window and the sub-window that it is counted beyond.
    private func oldest(_ limiter: ShardedLimiter, _ now: Moment) -> Moment {
        let longest = limiter.rules.all.flatMap(\.rates).map(\.windowMilliseconds).max() ?? 0
        return now - .milliseconds(max(longest / 24 * 26, 48 * 3_600_000))
    }
}
