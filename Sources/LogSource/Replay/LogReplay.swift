// SPDX-License-Identifier: Apache-2.0

/// Reads whole logs, one after the other: for judging them anew, and for learning from the past.
///
/// A file may be plain, packed by gzip, the export format of the journal (`journalctl -o export`), or a journal file; which,
/// its first bytes tell. `-` is the standard input.
public struct LogReplay: Sendable {
    /// Read at once: large enough that the calls cost nothing, small enough for the processor's cache.
    static let chunkSize = 1 << 20

    /// The files, in the order in which they are read.
    public var files: [String]
    /// Whose entries count where a file is of a journal.
    public var trust: JournalTrust

    /// A replay of these files.
    public init(files: [String], trusting trust: JournalTrust = .otherHost) {
        self.files = files
        self.trust = trust
    }

    /// Reads all files to their ends, on the calling thread, and hands on their lines.
    ///
    /// The receiver hears of `.opened` at each file and of `.damaged` at what cannot be read; the next file is read all the
    /// same. It hears of no positions.
    /// - Parameters:
    ///   - receiver: Takes the lines.
    ///   - progress: Told after each chunk.
    /// - Returns: What could not be read, in the order of the files.
    public func read(to receiver: any LogReceiver, progress: (ReplayProgress) -> Void = { _ in }) -> [LogFault] {
        var reader = ReplayReader(trust: trust, receiver: receiver)
        var faults: [LogFault] = []
        for file in files {
            do throws(LogFault) {
                try reader.read(file, progress: progress)
            } catch {
                faults.append(error)
                receiver.noticed(.damaged(error))
            }
        }
        return faults
    }
}
