// SPDX-License-Identifier: Apache-2.0

/// Remembers for a while which messages were counted, to know them when a content filter hands them back.
///
/// Without it what comes back counts a second time, against the filter's user. A message is known by what a filter leaves
/// alone (`PassedBefore.Mark`), which anybody can repeat; so it is good for as many recipients as the message had and no
/// more, whether they come back in one message or in several, and each of them once. Whoever asks lets only the users of
/// services profit: a web user who repeats a message counts for both.
///
/// Bounded: the newest `capacity` marks are kept, and none longer than `memory`.
public struct CountedBefore: Sendable {
    private struct Entry: Sendable {
        var recipients: UInt32
        var since: Moment
    }

    private let capacity: Int
    private let memory: Duration
    private var entries: [PassedBefore.Mark: Entry] = [:]
    private var order: [PassedBefore.Mark] = []
    private var oldest = 0

    /// An empty memory.
    public init(capacity: Int = 16_384, memory: Duration = .hours(6)) {
        self.capacity = max(1, capacity)
        self.memory = memory
    }

    /// A message with this mark came in, with so many recipients that would count if it came again.
    public mutating func came(_ mark: PassedBefore.Mark, recipients: UInt32, at moment: Moment) {
        guard recipients > 0 else { return }
        if let known = entries[mark] {
            let rest = isFresh(known, at: moment) ? known.recipients : 0
            entries[mark] = Entry(recipients: rest.addingSaturating(recipients), since: moment)
            return
        }
        entries[mark] = Entry(recipients: recipients, since: moment)
        if order.count < capacity {
            order.append(mark)
        } else {
            entries[order[oldest]] = nil
            order[oldest] = mark
            oldest = (oldest + 1) % capacity
        }
    }

    /// Whether a message is one that came before, or a part of it; its recipients cannot come back again then.
    public mutating func comesBack(_ mark: PassedBefore.Mark, recipients: UInt32, at moment: Moment) -> Bool {
        guard let known = entries[mark], isFresh(known, at: moment), known.recipients >= recipients else {
            return false
        }
        entries[mark]?.recipients = known.recipients - recipients
        return true
    }

    private func isFresh(_ entry: Entry, at moment: Moment) -> Bool {
        moment.since(entry.since) <= memory
    }
}
