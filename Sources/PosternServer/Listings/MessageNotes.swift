// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire
internal import Synchronization

/// What is remembered of messages that may come to wait: of what kind they are, how their sender stands, when Postfix last
/// asked for their way.
///
/// Has a lock of its own, as the milter's threads write here, which must not wait for routes to be published.
final class MessageNotes: SubmissionHearer {
    private struct Note {
        var standing = SenderStanding.unknown
        var traits: WaitingTraits = []
        var resolvedAt: Moment?
    }

    private static let capacity = 50_000

    private let notes = Mutex(RecentMap<QueueID, Note>(capacity: capacity))

    func heard(_ submission: Submission) {
        guard let id = submission.queueID, submission.outcome == .passed else { return }
        change(id) { note in
            note.standing = .good
            if submission.isBulk || submission.isAutomatic { note.traits.insert(.bulk) }
            if submission.senderClass == .forwarder { note.traits.insert(.forwarded) }
        }
    }

    /// Postfix put a message off by a row of ours, and so has just asked for its way.
    func resolved(_ id: QueueID, isForwarded: Bool, at moment: Moment) {
        change(id) { note in
            note.resolvedAt = moment
            if isForwarded { note.traits.insert(.forwarded) }
        }
    }

    /// A message of the queue, with what is known of it.
    func message(_ entry: QueueEntry, recipients: [String]) -> WaitingMessage {
        let note = notes.withLock { $0[entry.id] } ?? Note()
        var traits = note.traits
        if entry.sender.isEmpty || entry.sender == "MAILER-DAEMON" { traits.insert(.nullSender) }
        return WaitingMessage(
            queueID: entry.id, arrival: entry.arrival, size: entry.size, sender: entry.sender, recipients: recipients,
            standing: note.standing, traits: traits, resolvedAt: note.resolvedAt)
    }

    private func change(_ id: QueueID, _ change: (inout Note) -> Void) {
        notes.withLock { notes in
            var note = notes[id] ?? Note()
            change(&note)
            notes.set(note, for: id)
        }
    }
}
