// SPDX-License-Identifier: Apache-2.0

/// Queue IDs by a moment, the earliest at hand: a binary heap.
struct MomentHeap: Hashable, Sendable {
    /// One entry.
    struct Entry: Hashable, Sendable {
        var moment: Moment
        var id: QueueID
    }

    private var entries: [Entry] = []

    /// How many entries there are.
    var count: Int { entries.count }

    /// The earliest entry.
    var first: Entry? { entries.first }

    /// Adds one.
    mutating func insert(_ moment: Moment, _ id: QueueID) {
        entries.append(Entry(moment: moment, id: id))
        var child = entries.count - 1
        while child > 0, entries[child].moment < entries[(child - 1) / 2].moment {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Removes the earliest; nothing happens where there is none.
    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < entries.count else { return }
            let right = left + 1
            let least = right < entries.count && entries[right].moment < entries[left].moment ? right : left
            guard entries[least].moment < entries[parent].moment else { return }
            entries.swapAt(least, parent)
            parent = least
        }
    }
}
