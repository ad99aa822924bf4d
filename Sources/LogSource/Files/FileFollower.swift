// SPDX-License-Identifier: Apache-2.0

/// Follows a log file as it is written, through every way in which logs are rotated.
///
/// Renaming and creating anew (at once or later), copying and truncating, packing by gzip and reuse of inode numbers are
/// told apart by what the files begin with. What was written while nobody followed is read from the rotated files
/// (`NAME.1`, `NAME.1.gz`, `NAME-YYYYMMDD`, `NAME.YYYYMMDD-HHMMSS.gz`) in their directory, oldest first. A log that is
/// absent or not to be read is tried again; `LogSourceEvent.cannotRead` tells so meanwhile.
///
/// Anybody who may write to the system's log can write any line into such a file: it cannot be told who wrote it. The
/// journal can; so does, without it, Postfix's own `maillog_file`.
public final class FileFollower: Sendable {
    private let stopSignal = StopSignal()
    private let thread: WorkerThread

    /// Begins to follow a log.
    /// - Parameters:
    ///   - path: The live file's path, as its writer has it; it may not exist yet.
    ///   - position: Where a follower before got to; `nil` if there was none.
    ///   - startPoint: Where to begin without a position.
    ///   - poll: How often to look where the kernel tells of no changes (network file systems), from 10 ms to a day.
    ///   - receiver: Takes the lines, on the follower's thread.
    /// - Throws: `LogFault` if the host has no thread left.
    public init(
        path: String, from position: FilePosition? = nil, startAt startPoint: StartPoint = .end,
        poll: Duration = .seconds(2), to receiver: any LogReceiver & Sendable
    ) throws(LogFault) {
        let stop = stopSignal
        let milliseconds = PollInterval.milliseconds(poll)
        do throws(SystemError) {
            thread = try WorkerThread(name: "mail-log") {
                let trail = FileTrail(path: path, from: position, startAt: startPoint, to: receiver)
                let watch = FileWatch(path: path)
                while !stop.isGiven {
                    trail.readOn(until: { stop.isGiven })
                    // What happened before a watch began is seen by reading once more.
                    if !watch.cover(trail.current?.descriptor) { watch.wait(stop, for: milliseconds) }
                }
            }
        } catch {
            throw LogFault(path: path, reason: error.description)
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
