// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

private let start = Moment(seconds: 1_800_000_000)

@Suite struct `What lies on hold` {
    private var watch = HoldQueueWatch()
    private let ids: [QueueID]

    init() throws { ids = try (0..<5).map { try #require(QueueID("4F2A\($0)")) } }

    private mutating func hold(_ number: Int, _ sender: String, at moment: Moment = start) -> HoldQueueWatch.Finding? {
        watch.held(ids[number], of: sender, reason: "over", at: moment)
    }

    @Test mutating func `is told of once for each sender and hour`() {
        #expect(hold(0, "login:a") == .sender(name: "login:a", reason: "over"))
        #expect(hold(1, "login:a", at: start + .seconds(3599)) == nil)
        #expect(hold(2, "login:b") == .sender(name: "login:b", reason: "over"))
        #expect(hold(3, "login:a", at: start + .hours(1)) == .sender(name: "login:a", reason: "over"))
    }

    @Test mutating func `counts for its sender until it is gone`() {
        _ = hold(0, "login:a")
        _ = hold(1, "login:a")
        _ = hold(1, "login:a")
        _ = hold(2, "login:b")
        #expect(watch.count(of: "login:a") == 2)
        watch.gone(ids[0])
        watch.gone(ids[0])
        #expect(watch.count(of: "login:a") == 1)
        #expect(watch.count(of: "login:b") == 1)
        watch.gone(ids[1])
        watch.gone(ids[2])
        #expect(watch.count(of: "login:a") == 0)
        #expect(watch.isEmpty)
    }

    @Test mutating func `is told of when nobody has looked at it for an hour, and again each hour`() {
        watch.found(ids[0], of: "login:a", since: start)
        watch.found(ids[1], of: "login:b", since: start + .seconds(10))
        #expect(watch.clockReached(start + .seconds(3599)) == nil)
        #expect(watch.clockReached(start + .hours(1)) == .unseen(messages: 2, senders: 2, since: start))
        #expect(watch.clockReached(start + .seconds(7199)) == nil)
        #expect(watch.clockReached(start + .hours(2)) == .unseen(messages: 2, senders: 2, since: start))
    }

    @Test mutating func `is seen by a look, but what comes after that is not`() {
        watch.found(ids[0], of: "login:a", since: start)
        watch.looked(at: start)
        #expect(watch.clockReached(start + .hours(5)) == nil)
        watch.found(ids[1], of: "login:a", since: start + .seconds(1))
        #expect(
            watch.clockReached(start + .seconds(3601)) == .unseen(messages: 1, senders: 1, since: start + .seconds(1)))
        watch.looked(at: start + .seconds(3601))
        #expect(watch.clockReached(start + .hours(9)) == nil)
    }

    @Test mutating func `is nothing to tell of once it is gone`() {
        watch.found(ids[0], of: "login:a", since: start)
        watch.gone(ids[0])
        #expect(watch.clockReached(start + .hours(2)) == nil)
    }

    @Test mutating func `is remembered within bounds`() {
        watch = HoldQueueWatch(capacity: 2)
        for number in 0..<5 { _ = hold(number, "login:\(number)") }
        #expect(watch.ids.count == 2)
        #expect(watch.count(of: "login:4") == 0)
    }
}
