// SPDX-License-Identifier: Apache-2.0

/// What lies in the hold queue because of a limit, and when somebody should be told of it.
///
/// Two things are worth a word: a sender's first message that is held, and mail that lies there without anybody having
/// looked. All moments are by one clock; what lies before a look has been seen by it.
public struct HoldQueueWatch: Sendable {
    /// When people are told.
    public struct Settings: Hashable, Sendable {
        /// After which time a sender's held mail is told of again.
        public var silence: Duration
        /// How long mail may lie there unseen.
        public var patience: Duration

        /// A sender once an hour, and what nobody has looked at for an hour, unless told otherwise.
        public init(silence: Duration = .hours(1), patience: Duration = .hours(1)) {
            self.silence = silence
            self.patience = patience
        }
    }

    /// What people should know.
    public enum Finding: Hashable, Sendable {
        /// A sender's mail is held, after none of it was for a while.
        case sender(name: String, reason: String)
        /// So many messages of so many senders lie there, and nobody has looked since before the first of them.
        case unseen(messages: Int, senders: Int, since: Moment)
    }

    /// Messages that are remembered, at most; further ones are told of, but not counted.
    public let capacity: Int
    private let settings: Settings
    private var held: [QueueID: (sender: String, since: Moment)] = [:]
    private var counts: [String: Int] = [:]
    private var told: [String: Moment] = [:]
    private var lastLook: Moment?
    private var lastTold: Moment?

    /// A watch over a queue in which nothing is known to lie.
    public init(settings: Settings = Settings(), capacity: Int = 20_000) {
        self.settings = settings
        self.capacity = max(1, capacity)
    }

    /// The messages that lie there.
    public var ids: [QueueID] { Array(held.keys) }
    /// Whether none does.
    public var isEmpty: Bool { held.isEmpty }
    /// How many messages of a sender lie there.
    public func count(of sender: String) -> Int { counts[sender] ?? 0 }
    /// Since when a message lies there; `nil` if it does not.
    public func since(_ id: QueueID) -> Moment? { held[id]?.since }

    /// A message lies there from before this process began.
    public mutating func found(_ id: QueueID, of sender: String, since moment: Moment) {
        gone(id)
        guard held.count < capacity else { return }
        held[id] = (sender, moment)
        counts[sender, default: 0] += 1
    }

    /// A message of a sender is held.
    /// - Returns: A finding, if the sender was not told of for a while.
    public mutating func held(_ id: QueueID, of sender: String, reason: String, at moment: Moment) -> Finding? {
        found(id, of: sender, since: moment)
        if let last = told[sender], (.zero..<settings.silence).contains(moment.since(last)) { return nil }
        if told.count >= capacity {
            told = told.filter { (.zero..<settings.silence).contains(moment.since($0.value)) }
            if told.count >= capacity { told.removeAll() }
        }
        told[sender] = moment
        return .sender(name: sender, reason: reason)
    }

    /// A message does not lie there any more, whoever freed or deleted it.
    public mutating func gone(_ id: QueueID) {
        guard let (sender, _) = held.removeValue(forKey: id), let count = counts[sender] else { return }
        counts[sender] = count > 1 ? count - 1 : nil
    }

    /// Somebody looked at what lies there.
    public mutating func looked(at moment: Moment) {
        lastLook = max(lastLook ?? moment, moment)
    }

    /// Time passed.
    /// - Returns: A finding, once an hour, while something lies there too long unseen.
    public mutating func clockReached(_ now: Moment) -> Finding? {
        let unseen = held.values.filter { entry in lastLook.map { entry.since > $0 } ?? true }
        guard let first = unseen.map(\.since).min(), now.since(first) >= settings.patience else { return nil }
        if let lastTold, (.zero..<settings.patience).contains(now.since(lastTold)) { return nil }
        lastTold = now
        return .unseen(messages: unseen.count, senders: Set(unseen.map(\.sender)).count, since: first)
    }
}
