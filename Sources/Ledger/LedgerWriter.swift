// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
internal import PosternCore

/// The writing side: brings sums to the disk, and keeps them while the disk cannot be written.
struct LedgerWriter {
    private let path: String
    private let options: LedgerOptions
    private var file: LedgerFile?
    private var known: FileIdentity?
    private var tally: Tally
    /// The places that have been on disk, kept for a new file that has to take the place of a bad one.
    private var reached: [String: String] = [:]
    private var trouble: Trouble?
    private var lastSetAside: Moment?
    private var lastPruned: Moment?
    private var hasMoreToForget = false

    /// Why the disk cannot be written, and when that was last said.
    private struct Trouble {
        var saidAt: Moment
        var lost = 0
    }

    /// What one attempt to write came to.
    struct Outcome {
        /// Whether everything is on disk.
        var isWritten: Bool
        /// Whether another attempt should follow within the interval.
        var hasMoreToDo: Bool
        /// What the operator should hear.
        var conditions: [LedgerCondition]
    }

    /// A writer of the database at that path, not opened yet.
    init(path: String, options: LedgerOptions) {
        self.path = path
        self.options = options
        tally = Tally(maximumKept: options.maximumKept)
    }

    /// Opens the database for the first time; trouble with the disk is a condition, a newer schema is an error.
    mutating func start(at now: Moment) throws(LedgerError) -> [LedgerCondition] {
        var conditions: [LedgerCondition] = []
        do throws(LedgerError) {
            _ = try openedFile(at: now, &conditions)
        } catch {
            if case .newerSchema = error { throw error }
            fail(error, at: now, &conditions)
        }
        return conditions
    }

    /// Writes what has been recorded, in one transaction, and forgets a little of what is too old.
    mutating func flush(_ recorded: WaitingEntries, at now: Moment) -> Outcome {
        // An hour is more than two clocks of one host differ.
        let latest = now + .hours(1)
        for entry in recorded.entries { tally.add(entry, latest: latest) }
        for (source, text) in recorded.positions { tally.reach(LedgerPosition(source: source, text: text)) }
        var conditions: [LedgerCondition] = recorded.lostCount > 0 ? [.overrun(lost: recorded.lostCount)] : []
        do throws(LedgerError) {
            let file = try openedFile(at: now, &conditions)
            if !tally.isEmpty {
                do {
                    try file.connection.write { db in try tally.write(to: db, options.retention) }
                } catch {
                    throw LedgerError(error, path: path)
                }
            }
            succeed(at: now, &conditions)
            try prune(file, at: now)
        } catch {
            fail(error, at: now, &conditions)
        }
        return Outcome(
            isWritten: tally.isEmpty, hasMoreToDo: !tally.isEmpty || hasMoreToForget, conditions: conditions)
    }

    /// The place of a source that was last on disk.
    func position(for source: String) -> String? { reached[source] }

    /// Lets go of the database.
    mutating func close() {
        try? file?.connection.close()
        file = nil
    }

    /// The open database, opened again where the file was taken away from under it.
    private mutating func openedFile(
        at now: Moment, _ conditions: inout [LedgerCondition]
    ) throws(LedgerError) -> LedgerFile {
        if let file, file.isInPlace { return file }
        close()
        let opened: LedgerFile
        do throws(LedgerError) {
            opened = try LedgerFile(path: path, known: known)
        } catch {
            // One file a minute: a disk that damages each new one must not be filled with them.
            guard case .damaged(_, let reason) = error, isDue(lastSetAside, at: now) else { throw error }
            let kept = try LedgerFile.setAside(path, at: now)
            lastSetAside = now
            conditions.append(.setAside(kept: kept, reason: reason))
            opened = try LedgerFile(path: path, known: nil)
        }
        let stored = try opened.positions()
        for (source, text) in reached where stored[source] == nil { tally.resume(source, at: text) }
        reached.merge(stored) { _, new in new }
        file = opened
        known = opened.identity
        return opened
    }

    private mutating func prune(_ file: LedgerFile, at now: Moment) throws(LedgerError) {
        guard hasMoreToForget || isDue(lastPruned, at: now) else { return }
        lastPruned = now
        do {
            let pruning = Pruning(retention: options.retention)
            hasMoreToForget = try file.connection.write { db in try pruning.forget(in: db, at: now) }
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    private mutating func succeed(at now: Moment, _ conditions: inout [LedgerCondition]) {
        let lost = tally.takeLost()
        if let trouble {
            conditions.append(.recovered(written: tally.entryCount, lost: trouble.lost + lost))
        } else if lost > 0 {
            conditions.append(.overrun(lost: lost))
        }
        trouble = nil
        reached.merge(tally.positions) { _, new in new }
        tally = Tally(maximumKept: options.maximumKept)
    }

    private mutating func fail(_ error: LedgerError, at now: Moment, _ conditions: inout [LedgerCondition]) {
        // A damaged file is set aside when it is opened next, by then with all its pages looked at.
        if case .damaged = error { known = nil }
        close()
        let lost = tally.takeLost() + (trouble?.lost ?? 0)
        guard isDue(trouble?.saidAt, at: now) else {
            trouble?.lost = lost
            return
        }
        trouble = Trouble(saidAt: now)
        conditions.append(.unwritable(reason: error.reason, waiting: tally.entryCount, lost: lost))
    }

    /// Whether a minute has passed, or the clock was set back.
    private func isDue(_ last: Moment?, at now: Moment) -> Bool {
        guard let last else { return true }
        return now < last || now >= last + .minutes(1)
    }
}
