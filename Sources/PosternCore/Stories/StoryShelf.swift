// SPDX-License-Identifier: Apache-2.0

/// Stories by queue ID, in the order in which they were last heard of, at most so many.
struct StoryShelf: Sendable {
    private struct Slot: Sendable {
        var story: MessageStory
        var older: Int32
        var newer: Int32
    }

    private static let none: Int32 = -1

    private let capacity: Int
    private var places: [QueueID: Int32] = [:]
    private var slots: [Slot] = []
    private var free: [Int32] = []
    private var oldest = none
    private var newest = none

    init(capacity: Int) {
        self.capacity = min(max(1, capacity), Int(Int32.max) - 1)
    }

    var count: Int { places.count }

    /// The story of an ID, if it is here.
    func story(of id: QueueID) -> MessageStory? {
        places[id].map { slots[Int($0)].story }
    }

    /// Looks at the story of an ID, if it is here, without copying it.
    func read<Result>(_ id: QueueID, _ look: (borrowing MessageStory) -> Result) -> Result? {
        guard let place = places[id] else { return nil }
        return look(slots[Int(place)].story)
    }

    /// Changes the story of an ID, if it is here, and makes it the newest.
    mutating func update<Result>(_ id: QueueID, at moment: Moment, _ change: (inout MessageStory) -> Result) -> Result?
    {
        guard let place = places[id] else { return nil }
        unlink(place)
        linkAsNewest(place)
        slots[Int(place)].story.lastHeard = moment
        return change(&slots[Int(place)].story)
    }

    /// Puts a story here as the newest, in place of one of the same ID.
    /// - Returns: the story that had to go for it, if there was no room.
    mutating func insert(_ story: MessageStory) -> MessageStory? {
        if let place = places[story.queueID] {
            slots[Int(place)].story = story
            unlink(place)
            linkAsNewest(place)
            return nil
        }
        let evicted = places.count >= capacity ? remove(slots[Int(oldest)].story.queueID) : nil
        let slot = Slot(story: story, older: Self.none, newer: Self.none)
        let place: Int32
        if let reused = free.popLast() {
            place = reused
            slots[Int(place)] = slot
        } else {
            place = Int32(slots.count)
            slots.append(slot)
        }
        places[story.queueID] = place
        linkAsNewest(place)
        return evicted
    }

    /// Takes the story of an ID away.
    mutating func remove(_ id: QueueID) -> MessageStory? {
        guard let place = places.removeValue(forKey: id) else { return nil }
        unlink(place)
        free.append(place)
        let story = slots[Int(place)].story
        // Lets go of what the story holds; the slot itself waits for the next one.
        slots[Int(place)].story = MessageStory(queueID: id, at: story.lastHeard)
        return story
    }

    private mutating func unlink(_ place: Int32) {
        let (older, newer) = (slots[Int(place)].older, slots[Int(place)].newer)
        if older == Self.none { oldest = newer } else { slots[Int(older)].newer = newer }
        if newer == Self.none { newest = older } else { slots[Int(newer)].older = older }
    }

    private mutating func linkAsNewest(_ place: Int32) {
        slots[Int(place)].older = newest
        slots[Int(place)].newer = Self.none
        if newest == Self.none { oldest = place } else { slots[Int(newest)].newer = place }
        newest = place
    }
}
