// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

private func mark(_ from: String, id: String = "", date: String = "", to: String = "") -> PassedBefore.Mark {
    .init(from: Array(from.utf8), messageID: Array(id.utf8), date: Array(date.utf8), to: Array(to.utf8))
}

private let noon = Moment(seconds: 43_200)

@Suite struct `The memory of what came from outside` {
    @Test func `knows a message again by From and Message-ID alone`() {
        var memory = PassedBefore()
        memory.cameFromOutside(mark("a@example.com", id: "<1@x>", date: "Mon"), at: noon)
        #expect(memory.knows(mark("a@example.com", id: "<1@x>", date: "Tue"), at: noon))
        #expect(!memory.knows(mark("b@example.com", id: "<1@x>"), at: noon))
        #expect(!memory.knows(mark("a@example.com", id: "<2@x>"), at: noon))
    }

    @Test func `takes Date and To where there is no Message-ID`() {
        var memory = PassedBefore()
        memory.cameFromOutside(mark("a@example.com", date: "Mon", to: "b"), at: noon)
        #expect(memory.knows(mark("a@example.com", date: "Mon", to: "b"), at: noon))
        #expect(!memory.knows(mark("a@example.com", date: "Mon", to: "c"), at: noon))
    }

    @Test func `forgets after its time, not a millisecond earlier`() {
        var memory = PassedBefore(memory: .seconds(10))
        memory.cameFromOutside(mark("a", id: "1"), at: noon)
        #expect(memory.knows(mark("a", id: "1"), at: noon + .seconds(10)))
        #expect(!memory.knows(mark("a", id: "1"), at: noon + .milliseconds(10_001)))
    }

    @Test func `forgets the oldest when it is full`() {
        var memory = PassedBefore(capacity: 2)
        for id in ["1", "2", "3"] { memory.cameFromOutside(mark("a", id: id), at: noon) }
        #expect(["1", "2", "3"].map { memory.knows(mark("a", id: $0), at: noon) } == [false, true, true])
    }
}
