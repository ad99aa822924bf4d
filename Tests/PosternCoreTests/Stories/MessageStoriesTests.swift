// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `The stories of messages` {
    private var stories = MessageStories()
    private let first: QueueID
    private let second: QueueID
    private let alice = Sender.login("alice@example.com")
    private let now = Moment(seconds: 1000)

    init() throws {
        first = try .test(1)
        second = try .test(2)
    }

    @Test func `know nobody of a message that was never heard of`() {
        #expect(stories.sender(of: first) == nil)
        #expect(stories.story(of: first) == nil)
    }

    @Test mutating func `put a submitted message down to whoever submitted it`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        #expect(stories.sender(of: first) == alice)
        #expect(stories.story(of: first)?.origin == .submitted(alice))
        let attribution = stories.attempted(first, .to("x@gmail.com"), at: now)
        #expect(attribution == Attribution(sender: alice, isForwarded: false, attempt: 1, counted: .accepted))
    }

    @Test mutating func `put mail from outside down to nobody here`() {
        stories.arrived(first, MessageArrival(sender: nil), at: now)
        #expect(stories.sender(of: first) == nil)
        #expect(stories.story(of: first)?.origin == .outside)
        let attribution = stories.attempted(first, .to("carol@example.com", .local), at: now)
        #expect(attribution == Attribution(sender: nil, isForwarded: false, attempt: 1, counted: nil))
    }

    @Test mutating func `put what is sent on from outside down to the address that forwards`() {
        stories.arrived(first, MessageArrival(sender: nil), at: now)
        let attribution = stories.attempted(first, .to("x@gmail.com", for: "team@example.com"), at: now)
        #expect(
            attribution
                == Attribution(
                    sender: .forwarder("team@example.com"), isForwarded: true, attempt: 1, counted: .accepted))
    }

    @Test mutating func `put what is sent on for a submitter down to the submitter`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        let attribution = stories.attempted(first, .to("x@gmail.com", for: "team@example.com"), at: now)
        #expect(attribution.sender == alice)
        #expect(attribution.isForwarded)
    }

    @Test mutating func `hold a message without client for an unknown local user's until pickup's line comes`() {
        stories.named(first, messageID: "<a@b>", at: now)
        #expect(stories.sender(of: first) == .unknownLocalUser)
        stories.arrived(first, MessageArrival(sender: .localUser(uid: 33)), at: now)
        #expect(stories.sender(of: first) == .localUser(uid: 33))
    }

    @Test mutating func `hold no notice for a local user's`() {
        stories.named(first, messageID: "<a@b>", at: now)
        stories.activated(first, envelopeSender: "", size: 1, recipientCount: 1, at: now)
        #expect(stories.sender(of: first) == nil)
    }

    @Test mutating func `know nobody where the beginning was not heard`() {
        stories.activated(first, envelopeSender: "alice@example.com", size: 1, recipientCount: 1, at: now)
        #expect(stories.sender(of: first) == nil)
        let attribution = stories.attempted(first, .to("x@gmail.com"), at: now)
        #expect(attribution == Attribution(sender: nil, isForwarded: false, attempt: 1, counted: nil))
    }

    @Test mutating func `believe what a milter learnt before the log came to it`() {
        stories.identified(first, as: .localUser(uid: 1001), at: now)
        stories.arrived(first, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        #expect(stories.sender(of: first) == .localUser(uid: 1001))
    }

    @Test mutating func `believe a login before what anybody learns later`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.identified(first, as: .localUser(uid: 1001), at: now)
        #expect(stories.sender(of: first) == alice)
    }

    @Test mutating func `forget a message that left the queue`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.ended(first)
        #expect(stories.openCount == 0)
        #expect(stories.sender(of: first) == nil)
    }

    @Test mutating func `begin anew with an ID that is used again, even if its end was not heard`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, .to("x@gmail.com"), at: now)
        stories.arrived(first, MessageArrival(sender: .localUser(uid: 33)), at: now + .hours(1))
        #expect(stories.sender(of: first) == .localUser(uid: 33))
        #expect(stories.story(of: first)?.recipients == [])
        #expect(stories.story(of: first)?.firstHeard == now + .hours(1))
    }

    @Test mutating func `give up the story not heard of for longest when there is no room`() throws {
        stories = MessageStories(maximumOpen: 2)
        let third = try QueueID.test(3)
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.arrived(second, MessageArrival(sender: alice), at: now)
        stories.held(first, at: now)
        stories.arrived(third, MessageArrival(sender: alice), at: now)
        #expect(stories.openCount == 2)
        #expect(stories.evictedCount == 1)
        #expect(stories.story(of: second) == nil)
        #expect(stories.story(of: first)?.isHeld == true)
    }

    @Test mutating func `take no message for its own parent`() {
        stories.arrived(
            first, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true, originalID: first), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, .to("x@gmail.com", .handedOn(as: first)), at: now)
        _ = stories.attempted(first, .to("x@gmail.com", .forwarded(as: first)), at: now)
        #expect(stories.sender(of: first) == .unknownLocalUser)
    }

    @Test mutating func `stay within their bound and never trap, whatever they are told`() throws {
        stories = MessageStories(maximumOpen: 16)
        var random = SplitMix64(seed: 5)
        let senders: [Sender?] = [nil, alice, .unknownLocalUser, .localUser(uid: 33)]
        for step in 0..<20_000 {
            let id = try QueueID.test(Int.random(in: 0..<40, using: &random))
            let other = try QueueID.test(Int.random(in: 0..<40, using: &random))
            let at = Moment(seconds: Int64(step))
            let ways: [DeliveryAttempt.Way] = [.remote, .local, .none, .handedOn(as: other), .forwarded(as: other)]
            let recipient = "u\(Int.random(in: 0..<5, using: &random))"
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                let arrival = MessageArrival(
                    sender: senders.randomElement(using: &random) ?? nil, isFromLocalServer: .random(using: &random),
                    originalID: Bool.random(using: &random) ? other : nil)
                stories.arrived(id, arrival, at: at)
            case 1: stories.named(id, messageID: "<\(Int.random(in: 0..<10, using: &random))>", at: at)
            case 2: stories.activated(id, envelopeSender: "", size: 1, recipientCount: 1, at: at)
            case 3: stories.ended(id)
            case 4: stories.noticed(id, as: other, at: at)
            case 5: stories.identified(id, as: alice, at: at)
            default:
                let way = ways.randomElement(using: &random) ?? .none
                _ = stories.attempted(id, .to(recipient, way, .sent, for: "list"), at: at)
            }
            guard stories.openCount <= 16 else {
                Issue.record("\(stories.openCount) open")
                return
            }
        }
        #expect(stories.evictedCount > 0)
    }
}
