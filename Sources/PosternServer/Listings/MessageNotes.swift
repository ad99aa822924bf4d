// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire

/// What is remembered of messages that may come to wait: who sent them, of what kind they are, when Postfix last asked
/// for their way.
struct MessageNotes: Sendable {
    /// What is known from the time of submission and from the log.
    struct Note: Sendable {
        var standing = SenderStanding.unknown
        var traits: WaitingTraits = []
        var resolvedAt: Moment?
    }

    private static let capacity = 50_000

    private var notes = RecentMap<QueueID, Note>(capacity: capacity)

    /// A message was submitted.
    mutating func submitted(_ id: QueueID, standing: SenderStanding, traits: WaitingTraits) {
        var note = notes[id] ?? Note()
        note.standing = standing
        note.traits.formUnion(traits)
        notes.set(note, for: id)
    }

    /// Postfix put a message off by a row of ours, and so has just asked for its way.
    mutating func resolved(_ id: QueueID, isForwarded: Bool, at moment: Moment) {
        var note = notes[id] ?? Note()
        note.resolvedAt = moment
        if isForwarded { note.traits.insert(.forwarded) }
        notes.set(note, for: id)
    }

    /// A message of the queue, with what is known of it.
    func message(_ entry: QueueEntry, recipients: [String]) -> WaitingMessage {
        let note = notes[entry.id] ?? Note()
        var traits = note.traits
        if entry.sender.isEmpty || entry.sender == "MAILER-DAEMON" { traits.insert(.nullSender) }
        return WaitingMessage(
            queueID: entry.id, arrival: entry.arrival, size: entry.size, sender: entry.sender, recipients: recipients,
            standing: note.standing, traits: traits, resolvedAt: note.resolvedAt)
    }
}
