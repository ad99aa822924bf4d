// SPDX-License-Identifier: Apache-2.0
import SeededRandom
import Testing

@testable import PosternCore

@Suite struct `A story shelf` {
    /// The same in the plainest way: IDs in the order in which they were last touched.
    private struct Model {
        var ids: [QueueID] = []
        let capacity: Int

        mutating func touch(_ id: QueueID) {
            ids.removeAll { $0 == id }
            ids.append(id)
        }
    }

    @Test func `keeps the order of touching through any sequence`() throws {
        for capacity in [1, 2, 7] {
            var shelf = StoryShelf(capacity: capacity)
            var model = Model(capacity: capacity)
            var random = SplitMix64(seed: UInt64(capacity))
            for step in 0..<3000 {
                let id = try QueueID.test(Int.random(in: 0..<12, using: &random))
                let at = Moment(seconds: Int64(step))
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    let evicted = shelf.insert(MessageStory(queueID: id, at: at))
                    let isFull = model.ids.count == capacity && !model.ids.contains(id)
                    let expected = isFull ? model.ids.removeFirst() : nil
                    model.touch(id)
                    guard evicted?.queueID == expected else {
                        Issue.record("evicted \(String(describing: evicted?.queueID)) at step \(step)")
                        return
                    }
                case 1:
                    let isHere = shelf.update(id, at: at) { _ in true } ?? false
                    guard isHere == model.ids.contains(id) else {
                        Issue.record("update at step \(step)")
                        return
                    }
                    if isHere { model.touch(id) }
                default:
                    let removed = shelf.remove(id)
                    guard (removed?.queueID == id) == model.ids.contains(id) else {
                        Issue.record("removal at step \(step)")
                        return
                    }
                    model.ids.removeAll { $0 == id }
                }
                #expect(shelf.count == model.ids.count)
            }
        }
    }

    @Test(arguments: [Int.min, -1, 0, 1]) func `holds one story at least`(capacity: Int) throws {
        var shelf = StoryShelf(capacity: capacity)
        #expect(shelf.insert(MessageStory(queueID: try .test(1), at: Moment(seconds: 0))) == nil)
        #expect(shelf.insert(MessageStory(queueID: try .test(2), at: Moment(seconds: 0)))?.queueID == (try .test(1)))
        #expect(shelf.count == 1)
    }
}
