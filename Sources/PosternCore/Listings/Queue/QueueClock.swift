// SPDX-License-Identifier: Apache-2.0

/// What expires when among the messages that wait for a provider.
///
/// Postfix returns a message when it is older than `maximal_queue_lifetime`, whether it was tried or kept from being tried.
public struct QueueClock: Hashable, Sendable {
    /// How long messages may wait.
    public let lifetimes: QueueLifetimes
    /// How many messages were not taken in for want of room.
    public private(set) var untrackedCount = 0

    private var messages: [QueueID: QueuedMessage] = [:]
    private var due = MomentHeap()
    private let capacity: Int

    /// A clock over messages that were watched before.
    public init(
        lifetimes: QueueLifetimes = QueueLifetimes(), capacity: Int = 100_000,
        restoring messages: some Sequence<QueuedMessage> = []
    ) {
        self.lifetimes = lifetimes
        self.capacity = max(capacity, 1)
        for message in messages { watch(message) }
    }

    /// How many messages are watched.
    public var count: Int { messages.count }

    /// All that are watched, by arrival.
    public var allMessages: [QueuedMessage] { sorted(messages.values) }

    /// Those of which something was said already, by arrival: all that must be stored, as the queue shows the others again.
    public var warnedMessages: [QueuedMessage] { sorted(messages.values.filter { !$0.warned.isEmpty }) }

    private func sorted(_ messages: some Sequence<QueuedMessage>) -> [QueuedMessage] {
        messages.sorted { ($0.arrival, $0.queueID.description) < ($1.arrival, $1.queueID.description) }
    }

    /// When the next warning is due; may be too early by a message that has gone meanwhile.
    public var nextWakeUp: Moment? { due.first?.moment }

    /// A message waits; of one that is watched already only the class may be news, unless its ID is another's now.
    public mutating func waits(_ message: QueuedMessage) {
        guard var known = messages[message.queueID], known.arrival == message.arrival else { return watch(message) }
        guard known.waitClass != message.waitClass else { return }
        known.waitClass = message.waitClass
        watch(known)
    }

    /// A message left the queue.
    public mutating func left(_ id: QueueID) {
        messages.removeValue(forKey: id)
        if due.count > 64, due.count / 4 > messages.count { rebuild() }
    }

    /// Time passed.
    /// - Returns: What is due and was not said yet. Of a message that is late already only the last warning.
    public mutating func clockReached(_ now: Moment) -> [QueueWarning] {
        var warnings: [QueueWarning] = []
        while let entry = due.first, entry.moment <= now {
            due.removeFirst()
            guard var message = messages[entry.id] else { continue }
            let expires = lifetimes.expiry(of: message)
            if let kind = warn(&message, at: now) {
                warnings.append(QueueWarning(queueID: entry.id, kind: kind, expires: expires))
            }
            messages[entry.id] = message
            schedule(message)
        }
        return warnings
    }

    /// When a watched message is returned to its sender.
    public func expiry(of id: QueueID) -> Moment? { messages[id].map(lifetimes.expiry) }

    /// The messages that expire before a moment, the earliest first; `most` of them at most.
    public func expiring(before moment: Moment, most: Int = 100) -> [(queueID: QueueID, expires: Moment)] {
        let found = messages.values.lazy.map { (queueID: $0.queueID, expires: lifetimes.expiry(of: $0)) }
            .filter { $0.expires < moment }
        return Array(
            found.sorted { ($0.expires, $0.queueID.description) < ($1.expires, $1.queueID.description) }
                .prefix(max(most, 0)))
    }

    private mutating func watch(_ message: QueuedMessage) {
        guard messages[message.queueID] != nil || messages.count < capacity else {
            untrackedCount += 1
            return
        }
        messages[message.queueID] = message
        schedule(message)
    }

    private mutating func schedule(_ message: QueuedMessage) {
        let open = lifetimes.warnings(for: message).filter { !message.warned.contains($0.kind) }
        if let next = open.map(\.due).min() { due.insert(next, message.queueID) }
    }

    /// Marks all that is due as said.
    /// - Returns: The most pressing of it: what must be done before what is only told.
    private func warn(_ message: inout QueuedMessage, at now: Moment) -> QueueWarning.Kind? {
        let late = lifetimes.warnings(for: message).filter { $0.due <= now && !message.warned.contains($0.kind) }
        let isOver = late.contains { $0.kind == .maximumWait }
        // What must be done is not done by being said once: it is due again until the message has left.
        if isOver { message.givenUp = now }
        for warning in late where warning.kind != .maximumWait { message.warned.insert(warning.kind) }
        return isOver ? .maximumWait : late.max { $0.due < $1.due }?.kind
    }

    /// Entries of messages that have gone stay in the heap until their time; not when they are too many.
    private mutating func rebuild() {
        due = MomentHeap()
        for message in messages.values { schedule(message) }
    }
}
