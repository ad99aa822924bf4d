// SPDX-License-Identifier: Apache-2.0

/// Remembers for a while which messages came in from outside, to know them when a content filter re-injects them.
///
/// A filter hands mail back from a loopback address, which is a trusted network. Without this memory a stranger's mail
/// under a From of ours would come back as our own, and be signed. The mark of a message is what a filter leaves alone:
/// its From and Message-ID values (or Date and To, where there is no Message-ID).
///
/// Bounded: the newest `capacity` marks are kept, and none longer than `memory`. An overflow forgets the oldest; a filter
/// holds a message for seconds, so what is forgotten has long come back.
public struct PassedBefore: Sendable {
    /// A message's mark: a hash seeded anew in each process, so that nobody can aim at another message's mark.
    public struct Mark: Hashable, Sendable {
        let value: Int

        /// The mark of the fields that a filter leaves alone.
        public init(from: [UInt8], messageID: [UInt8], date: [UInt8], to: [UInt8]) {
            var hasher = Hasher()
            hasher.combine(from)
            hasher.combine(messageID)
            if messageID.isEmpty {
                hasher.combine(date)
                hasher.combine(to)
            }
            value = hasher.finalize()
        }
    }

    private let capacity: Int
    private let memory: Duration
    private var passedAt: [Mark: Moment] = [:]
    private var order: [Mark] = []
    private var oldest = 0

    /// An empty memory.
    public init(capacity: Int = 16_384, memory: Duration = .hours(6)) {
        self.capacity = max(1, capacity)
        self.memory = memory
    }

    /// A message with this mark came in from outside.
    public mutating func cameFromOutside(_ mark: Mark, at moment: Moment) {
        guard passedAt.updateValue(moment, forKey: mark) == nil else { return }
        if order.count < capacity {
            order.append(mark)
        } else {
            passedAt[order[oldest]] = nil
            order[oldest] = mark
            oldest = (oldest + 1) % capacity
        }
    }

    /// Whether a message with this mark came in from outside not long ago.
    public func knows(_ mark: Mark, at moment: Moment) -> Bool {
        guard let passed = passedAt[mark] else { return false }
        return moment.since(passed) <= memory
    }
}
