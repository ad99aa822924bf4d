// SPDX-License-Identifier: Apache-2.0

/// Whether mail passes of which the log tells nothing: then Postern follows the wrong log, or may not read it.
///
/// Every message that the milter hears of is soon in Postfix's log. All times are by the clock of the process, so that
/// neither a wrong stamp nor an old log deceives.
public struct LogBlindness: Hashable, Sendable {
    /// What became of our sight.
    public enum Change: Hashable, Sendable {
        /// Messages passed, and nothing has been read since before the first of them.
        case blind(since: Moment)
        /// The log tells again, after it told nothing since then.
        case seeing(after: Moment)

        /// Whether nothing is seen from now on.
        public var isBlind: Bool {
            if case .blind = self { true } else { false }
        }
    }

    /// How long the log may be silent about a message that passed.
    public let patience: Duration
    /// Since when nothing is read, although mail passes; `nil` while all is well.
    public private(set) var blindSince: Moment?
    /// The first message since the last line.
    private var firstUntold: Moment?

    /// Sight that is not in doubt.
    public init(patience: Duration = .minutes(2)) {
        self.patience = patience
    }

    /// A message passed the milter.
    public mutating func messagePassed(at now: Moment) {
        // A clock that was put back must not make us wait for it to catch up.
        firstUntold = min(firstUntold ?? now, now)
    }

    /// A line of Postfix was read.
    public mutating func lineRead() -> Change? {
        firstUntold = nil
        guard let since = blindSince else { return nil }
        blindSince = nil
        return .seeing(after: since)
    }

    /// Time passed.
    public mutating func clockReached(_ now: Moment) -> Change? {
        guard blindSince == nil, let first = firstUntold, now.since(first) >= patience else { return nil }
        blindSince = first
        return .blind(since: first)
    }
}
