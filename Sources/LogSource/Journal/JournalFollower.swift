// SPDX-License-Identifier: Apache-2.0

/// Follows Postfix's entries in the systemd journal.
///
/// What counts is decided by fields that journald gives, not by those that a writer words; see `JournalTrust`. A position
/// whose entry was vacuumed meanwhile leads to what is left after it, never back. A journal that cannot be read is tried
/// again; `LogSourceEvent.cannotRead` tells so meanwhile.
public final class JournalFollower: Sendable {
    private let stopSignal = StopSignal()
    private let thread: WorkerThread

    /// Begins to follow a journal.
    /// - Parameters:
    ///   - location: Which journal.
    ///   - trust: Whose entries count.
    ///   - position: Where a follower before got to; `nil` if there was none.
    ///   - startPoint: Where to begin without a position.
    ///   - poll: How often to look where the kernel tells of no changes, from 10 ms to a day.
    ///   - receiver: Takes the lines, on the follower's thread.
    /// - Throws: `LogFault` if the host has no thread left.
    public init(
        _ location: JournalLocation = .system, trusting trust: JournalTrust, from position: JournalPosition? = nil,
        startAt startPoint: StartPoint = .end, poll: Duration = .seconds(2), to receiver: any LogReceiver & Sendable
    ) throws(LogFault) {
        let stop = stopSignal
        let milliseconds = PollInterval.milliseconds(poll)
        do throws(SystemError) {
            thread = try WorkerThread(name: "mail-journal") {
                let trail = JournalTrail(
                    location, trusting: trust, from: position, startAt: startPoint, to: receiver)
                while !stop.isGiven {
                    trail.readOn(until: { stop.isGiven })
                    stop.wait(orReadable: trail.descriptor, for: milliseconds)
                    trail.process()
                }
            }
        } catch {
            throw LogFault(path: location.name, reason: error.description)
        }
    }

    /// Stops after the batch at hand, and returns when the receiver will not be called any more.
    ///
    /// Called by the receiver itself, it returns at once, and the call at hand is of the last batch.
    public func stop() {
        stopSignal.give()
        thread.join()
    }

    deinit {
        stopSignal.give()
    }
}
