// SPDX-License-Identifier: Apache-2.0

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
    private var sight = Sight()
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
            try seek(position, in: journal)
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
            try journal.read(into: &record)
            delivery.deliver(record, trusting: trust, to: receiver)
        }
        try reached(journal)
        return true
    }

    /// Goes to the entry of `position`, which was read; once that is vacuumed, or in another journal, to what came later.
    ///
    /// libsystemd goes to the entry that is closest to a cursor, and does not tell whether it is the cursor's own.
    private func seek(_ position: JournalPosition, in journal: Journal) throws(LogFault) {
        if try journal.step(to: position.cursor) { return }
        receiver.noticed(.gap(.positionLost))
        let later = position.realtime == .max ? .max : position.realtime + 1
        try journal.seek(realtime: later)
        if try journal.next() {
            try journal.seek(realtime: later)
        } else {
            // Nothing is later: perhaps the clock was set back. What comes now is read whatever its time.
            _ = try journal.seekLast()
        }
    }

    private func reached(_ journal: Journal) throws(LogFault) {
        let position = try journal.position()
        self.position = position
        receiver.reached(.journal(position))
    }

    private func blind(_ reason: String) {
        sight.lose(reason, at: WallClock.now, telling: receiver)
    }

    private func sighted() {
        sight.regain(telling: receiver)
    }
}
