// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Reads Postfix's entries of a journal as far as it is written: the follower without its thread.
final class JournalTrail {
    /// After so many entries the position is told, at the latest.
    private static let batchSize = 256

    private let location: JournalLocation
    private let trust: JournalTrust
    private let receiver: any LogReceiver
    private let startPoint: StartPoint
    private var position: JournalPosition?
    private var journal: Journal?
    /// Whether the next entry may be the one of `position`, or one from before it.
    private var hasSought = false
    private var blindness: (since: Moment, reason: String)?
    private var record = JournalRecord()
    private var delivery = JournalDelivery()

    init(
        _ location: JournalLocation, trusting trust: JournalTrust, from position: JournalPosition?,
        startAt startPoint: StartPoint, to receiver: any LogReceiver
    ) {
        self.location = location
        self.trust = trust
        self.position = position
        self.startPoint = startPoint
        self.receiver = receiver
    }

    /// Readable when the journal has changed; -1 while it cannot be read.
    var descriptor: Int32 { (try? journal?.descriptor()) ?? -1 }

    /// Reads what there is to read, unless `stopped` between two batches.
    func readOn(until stopped: () -> Bool = { false }) {
        do throws(LogFault) {
            let journal = try opened()
            sighted()
            while !stopped(), try readBatch(journal) {}
        } catch {
            journal = nil
            blind(error.reason)
        }
    }

    /// Takes note of what changed since.
    func process() {
        do throws(LogFault) {
            try journal?.process()
        } catch {
            journal = nil
            blind(error.reason)
        }
    }

    private func opened() throws(LogFault) -> Journal {
        if let journal { return journal }
        let journal = try Journal(location, trusting: trust)
        // Asked for first, so that what is written from here on is told.
        _ = try journal.descriptor()
        if let position {
            hasSought = true
            do throws(LogFault) {
                try journal.seek(cursor: position.cursor)
            } catch {
                // No cursor of any journal.
                try journal.seek(realtime: position.realtime)
            }
        } else {
            switch startPoint {
            case .beginning: try journal.seekHead()
            case .end: if try journal.seekLast() { try reached(journal) }
            }
        }
        receiver.noticed(.opened(path: location.name, modified: nil))
        self.journal = journal
        return journal
    }

    /// Hands on some entries.
    /// - Returns: Whether there may be more.
    private func readBatch(_ journal: Journal) throws(LogFault) -> Bool {
        for count in 0..<Self.batchSize {
            guard try journal.next() else {
                if count > 0 { try reached(journal) }
                return false
            }
            if hasSought, try !isNew(journal) { continue }
            try journal.read(into: &record)
            delivery.deliver(record, trusting: trust, to: receiver)
        }
        try reached(journal)
        return true
    }

    /// Whether the first entry after seeking comes after the position.
    ///
    /// The cursor leads to its own entry; once that is vacuumed, or in another journal, to the closest one, which may be
    /// older.
    private func isNew(_ journal: Journal) throws(LogFault) -> Bool {
        hasSought = false
        guard let position else { return true }
        if journal.isAt(cursor: position.cursor) { return false }
        receiver.noticed(.gap(.positionLost))
        guard try journal.realtime() <= position.realtime else { return true }
        try journal.seek(realtime: position.realtime == .max ? .max : position.realtime + 1)
        return false
    }

    private func reached(_ journal: Journal) throws(LogFault) {
        let position = try journal.position()
        self.position = position
        receiver.reached(.journal(position))
    }

    private func blind(_ reason: String) {
        guard blindness?.reason != reason else { return }
        let since = blindness?.since ?? WallClock.now
        blindness = (since, reason)
        receiver.noticed(.cannotRead(since: since, reason: reason))
    }

    private func sighted() {
        guard let since = blindness?.since else { return }
        blindness = nil
        receiver.noticed(.readableAgain(since: since))
    }
}
