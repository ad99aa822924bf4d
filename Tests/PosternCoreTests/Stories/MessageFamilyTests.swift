// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `Stories of one message under several IDs` {
    private var stories = MessageStories()
    private let first: QueueID
    private let second: QueueID
    private let alice = Sender.login("alice@example.com")
    private let now = Moment(seconds: 1000)

    init() throws {
        first = try .test(1)
        second = try .test(2)
    }

    @Test mutating func `put what a filter gives back down to who submitted it first`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.arrived(second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        #expect(stories.sender(of: second) == alice)
        #expect(stories.story(of: second)?.origin == .reinjected(from: first))
        _ = stories.attempted(first, .to("x@gmail.com", .handedOn(as: nil)), at: now)
        stories.ended(first)
        #expect(stories.sender(of: second) == alice)
    }

    @Test mutating func `know a filter's user for a filter, not for the submitter`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.identified(second, as: .localUser(uid: 110), at: now)
        stories.arrived(second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        #expect(stories.sender(of: second) == alice)
    }

    @Test mutating func `take nobody for a filter whose supposed message never went to one`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.identified(second, as: .localUser(uid: 33), at: now)
        stories.arrived(second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, .to("x@gmail.com"), at: now)
        stories.ended(first)
        #expect(stories.sender(of: second) == .localUser(uid: 33))
    }

    @Test mutating func `do not take a client elsewhere for a filter, whatever Message-ID it repeats`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.arrived(second, MessageArrival(sender: .login("mallory")), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        #expect(stories.sender(of: second) == .login("mallory"))
    }

    @Test mutating func `do not take messages without Message-ID for one another`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "", at: now)
        stories.arrived(second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(second, messageID: "", at: now)
        #expect(stories.sender(of: second) == .unknownLocalUser)
    }

    @Test mutating func `believe a filter that names the former ID or the new one`() throws {
        let third = try QueueID.test(3)
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.arrived(
            second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true, originalID: first), at: now)
        #expect(stories.sender(of: second) == alice)
        stories.arrived(third, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        _ = stories.attempted(second, .to("x@gmail.com", .handedOn(as: third)), at: now)
        #expect(stories.sender(of: third) == alice)
    }

    @Test mutating func `follow a message through one filter after another`() throws {
        let third = try QueueID.test(3)
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.arrived(second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, .to("x@gmail.com", .handedOn(as: nil)), at: now)
        stories.ended(first)
        stories.arrived(third, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(third, messageID: "<m@b>", at: now)
        #expect(stories.story(of: third)?.origin == .reinjected(from: second))
        #expect(stories.sender(of: third) == alice)
    }

    @Test mutating func `remember through a filter which address forwards`() {
        stories.arrived(first, MessageArrival(sender: nil), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.arrived(second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, .to("x@gmail.com", .handedOn(as: second), for: "team@example.com"), at: now)
        let attribution = stories.attempted(second, .to("x@gmail.com"), at: now)
        #expect(
            attribution
                == Attribution(
                    sender: .forwarder("team@example.com"), isForwarded: true, attempt: 1, counted: .accepted))
    }

    @Test mutating func `put a forward down to its submitter, or to the address that forwards`() {
        stories.arrived(first, MessageArrival(sender: nil), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, .to("carol@example.com", .forwarded(as: second)), at: now)
        #expect(stories.story(of: second)?.origin == .forwarded(by: "carol@example.com", from: first))
        let attribution = stories.attempted(second, .to("carol@gmail.com"), at: now)
        #expect(attribution.sender == .forwarder("carol@example.com"))
        #expect(attribution.isForwarded)
    }

    @Test mutating func `put a notice down to nobody, and know what it is about`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(second, messageID: "<n@b>", at: now)
        stories.noticed(first, as: second, at: now)
        #expect(stories.story(of: second)?.origin == .notice(about: first))
        #expect(stories.sender(of: second) == nil)
        #expect(stories.attempted(second, .to("alice@example.com"), at: now).counted == nil)
    }

    @Test mutating func `go on with a requeued message under its new ID`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.activated(first, envelopeSender: "a@b", size: 1, recipientCount: 2, at: now)
        _ = stories.attempted(first, .to("x@gmail.com", .remote, .deferred), at: now)
        stories.arrived(second, MessageArrival(sender: .localUser(uid: 102), originalID: first), at: now)
        #expect(stories.story(of: first) == nil)
        #expect(stories.sender(of: second) == alice)
        #expect(stories.attempted(second, .to("x@gmail.com"), at: now).attempt == 2)
    }
}
