// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
public import PosternCore
internal import Synchronization

/// What was refused, kept for questions: the one owner of `ledger.db` in the daemon's directory.
///
/// Recording never waits for the disk: entries are taken into memory, and written in one transaction within
/// ``LedgerOptions/interval``. If the disk cannot be written, memory goes on, within bounds, and that is said once a
/// minute; a kill -9 loses at most the last interval, and what is on disk is consistent. A damaged or foreign file is
/// set aside and a new one begun. Questions are asked with a ``LedgerReader``, of this or another process.
public final class Ledger: Sendable {
    /// The path of the database.
    public let path: String

    private let options: LedgerOptions
    private let clock: @Sendable () -> Moment
    private let tell: @Sendable (LedgerCondition) -> Void
    private let hears: @Sendable (LedgerEvent) -> Void
    private let waiting = Mutex(Waiting())
    /// Held while the disk is written; those who record never take it.
    private let writer: Mutex<LedgerWriter>
    private let queue = DispatchQueue(label: "postern.ledger", qos: .utility)

    private struct Waiting {
        var entries = WaitingEntries()
        /// A flush will come within the interval.
        var isScheduled = false
        /// A flush will come at once.
        var isUrgent = false
        var isClosed = false
    }

    /// Opens the ledger of a directory, or makes it.
    /// - Parameters:
    ///   - directory: Where the database is; the process must be able to write there, or the ledger stays in memory.
    ///   - options: How it works.
    ///   - clock: The wall clock, by which old entries are forgotten.
    ///   - hears: Called with each event that is recorded, on the thread that records it: must not wait.
    ///   - tell: Called with what the operator should hear, on the caller's thread of `init`, `flush` and `close`, else
    ///     on the ledger's own; it must not call the ledger.
    /// - Throws: ``LedgerError/newerSchema(path:)``; the file is left as it is. Nothing else is thrown.
    public init(
        directory: String, options: LedgerOptions = LedgerOptions(), clock: @escaping @Sendable () -> Moment,
        hears: @escaping @Sendable (LedgerEvent) -> Void = { _ in },
        tell: @escaping @Sendable (LedgerCondition) -> Void
    ) throws(LedgerError) {
        path = "\(directory)/\(LedgerFile.name)"
        self.options = options
        self.clock = clock
        self.tell = tell
        self.hears = hears
        var writer = LedgerWriter(path: path, options: options)
        let conditions = try writer.start(at: clock())
        self.writer = Mutex(writer)
        for condition in conditions { tell(condition) }
        scheduleUpkeep()
    }

    /// Keeps one entry.
    public func record(_ entry: LedgerEntry) {
        take(CollectionOfOne(entry), reaching: nil)
    }

    /// Keeps entries and, in the same transaction, the place in their source that they lead up to.
    ///
    /// Entries that are lost for want of room are counted and said; the place moves on all the same.
    public func record(_ entries: [LedgerEntry], reaching position: LedgerPosition) {
        take(entries, reaching: position)
    }

    /// Keeps what a part of the daemon remembers, in place of what it kept before, in the order of what is recorded.
    ///
    /// Unlike an entry it cannot find no room. ``kept(as:)`` reads it after a restart.
    public func keep(_ state: String, as name: String) {
        take(EmptyCollection(), reaching: LedgerPosition(source: Self.statePrefix + name, text: state))
    }

    /// What was last kept under a name, as far as the disk knows.
    public func kept(as name: String) -> String? { position(for: Self.statePrefix + name) }

    /// No source of log lines has such a name.
    private static let statePrefix = "state:"

    /// Up to where a source has been read, as far as the disk knows; `nil` if it never was, or the disk was never readable.
    public func position(for source: String) -> String? {
        writer.withLock { $0.position(for: source) }
    }

    /// Writes what has been recorded, now, on the caller's thread.
    /// - Returns: Whether everything recorded before is on disk.
    @discardableResult
    public func flush() -> Bool {
        let outcome = writer.withLock { writer in
            let recorded = waiting.withLock { waiting in
                defer {
                    waiting.entries = WaitingEntries()
                    waiting.isScheduled = false
                    waiting.isUrgent = false
                }
                return waiting.entries
            }
            return writer.flush(recorded, at: clock())
        }
        for condition in outcome.conditions { tell(condition) }
        if outcome.hasMoreToDo { scheduleFlush() }
        return outcome.isWritten
    }

    /// Writes what has been recorded and lets go of the database; what is recorded later is dropped.
    /// - Returns: Whether everything is on disk.
    @discardableResult
    public func close() -> Bool {
        waiting.withLock { $0.isClosed = true }
        let isWritten = flush()
        writer.withLock { $0.close() }
        return isWritten
    }

    private func take(_ entries: some Collection<LedgerEntry>, reaching position: LedgerPosition?) {
        for case .event(let event) in entries { hears(event) }
        let isFull = waiting.withLock { waiting in
            guard !waiting.isClosed else { return false }
            waiting.entries.add(entries, reaching: position, maximum: options.maximumWaiting)
            guard waiting.entries.entries.count >= options.batch, !waiting.isUrgent else { return false }
            waiting.isUrgent = true
            return true
        }
        if isFull {
            queue.async { [weak self] in self?.flushUnlessClosed() }
        } else {
            scheduleFlush()
        }
    }

    private func scheduleFlush() {
        let isNew = waiting.withLock { waiting in
            guard !waiting.isClosed, !waiting.isScheduled else { return false }
            waiting.isScheduled = true
            return true
        }
        guard isNew else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(Int(options.interval.wholeMilliseconds))) { [weak self] in
            self?.flushUnlessClosed()
        }
    }

    /// Forgets what is too old also where nothing is recorded.
    private func scheduleUpkeep() {
        queue.asyncAfter(deadline: .now() + .seconds(600)) { [weak self] in
            guard let self, flushUnlessClosed() else { return }
            scheduleUpkeep()
        }
    }

    @discardableResult
    private func flushUnlessClosed() -> Bool {
        guard waiting.withLock({ !$0.isClosed }) else { return false }
        flush()
        return true
    }
}
