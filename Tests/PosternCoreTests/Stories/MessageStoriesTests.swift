// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

extension QueueID {
    /// A made-up ID for a test, `A0000001` and so on.
    static func test(_ number: Int) throws -> QueueID {
        let digits = String(number)
        return try #require(QueueID("A" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits))
    }
}

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

    private func attempt(
        _ recipient: String, _ way: DeliveryAttempt.Way = .remote, _ outcome: DeliveryOutcome = .sent,
        for original: String? = nil, _ replyClass: ReplyClass? = nil
    ) -> DeliveryAttempt {
        DeliveryAttempt(
            recipient: recipient, originalRecipient: original, way: way, outcome: outcome, replyClass: replyClass)
    }

    // MARK: Who is accountable

    @Test func `know nobody of a message that was never heard of`() {
        #expect(stories.sender(of: first) == nil)
        #expect(stories.story(of: first) == nil)
    }

    @Test mutating func `put a submitted message down to whoever submitted it`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        #expect(stories.sender(of: first) == alice)
        #expect(stories.story(of: first)?.origin == .submitted(alice))
        let attribution = stories.attempted(first, attempt("x@gmail.com"), at: now)
        #expect(attribution == stories.expected(alice, isForwarded: false, attempt: 1, counted: .accepted))
    }

    @Test mutating func `put mail from outside down to nobody here`() {
        stories.arrived(first, MessageArrival(sender: nil), at: now)
        #expect(stories.sender(of: first) == nil)
        #expect(stories.story(of: first)?.origin == .outside)
        let attribution = stories.attempted(first, attempt("carol@example.com", .local), at: now)
        #expect(attribution == stories.expected(nil, isForwarded: false, attempt: 1, counted: nil))
    }

    @Test mutating func `put what is sent on from outside down to the address that forwards`() {
        stories.arrived(first, MessageArrival(sender: nil), at: now)
        let attribution = stories.attempted(first, attempt("x@gmail.com", for: "team@example.com"), at: now)
        #expect(
            attribution
                == stories.expected(.forwarder("team@example.com"), isForwarded: true, attempt: 1, counted: .accepted))
    }

    @Test mutating func `put what is sent on for a submitter down to the submitter`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        let attribution = stories.attempted(first, attempt("x@gmail.com", for: "team@example.com"), at: now)
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
        let attribution = stories.attempted(first, attempt("x@gmail.com"), at: now)
        #expect(attribution == stories.expected(nil, isForwarded: false, attempt: 1, counted: nil))
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

    // MARK: Another ID for the same message

    @Test mutating func `put what a filter gives back down to who submitted it first`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.arrived(second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        #expect(stories.sender(of: second) == alice)
        #expect(stories.story(of: second)?.origin == .reinjected(from: first))
        _ = stories.attempted(first, attempt("x@gmail.com", .handedOn(as: nil)), at: now)
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
        _ = stories.attempted(first, attempt("x@gmail.com"), at: now)
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
        _ = stories.attempted(second, attempt("x@gmail.com", .handedOn(as: third)), at: now)
        #expect(stories.sender(of: third) == alice)
    }

    @Test mutating func `follow a message through one filter after another`() throws {
        let third = try QueueID.test(3)
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        stories.arrived(second, MessageArrival(sender: .unknownLocalUser, isFromLocalServer: true), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, attempt("x@gmail.com", .handedOn(as: nil)), at: now)
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
        _ = stories.attempted(first, attempt("x@gmail.com", .handedOn(as: second), for: "team@example.com"), at: now)
        let attribution = stories.attempted(second, attempt("x@gmail.com"), at: now)
        #expect(
            attribution
                == stories.expected(.forwarder("team@example.com"), isForwarded: true, attempt: 1, counted: .accepted))
    }

    @Test mutating func `put a forward down to its submitter, or to the address that forwards`() {
        stories.arrived(first, MessageArrival(sender: nil), at: now)
        stories.named(second, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, attempt("carol@example.com", .forwarded(as: second)), at: now)
        #expect(stories.story(of: second)?.origin == .forwarded(by: "carol@example.com", from: first))
        let attribution = stories.attempted(second, attempt("carol@gmail.com"), at: now)
        #expect(attribution.sender == .forwarder("carol@example.com"))
        #expect(attribution.isForwarded)
    }

    @Test mutating func `put a notice down to nobody, and know what it is about`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(second, messageID: "<n@b>", at: now)
        stories.noticed(first, as: second, at: now)
        #expect(stories.story(of: second)?.origin == .notice(about: first))
        #expect(stories.sender(of: second) == nil)
        #expect(stories.attempted(second, attempt("alice@example.com"), at: now).counted == nil)
    }

    @Test mutating func `go on with a requeued message under its new ID`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.activated(first, envelopeSender: "a@b", size: 1, recipientCount: 2, at: now)
        _ = stories.attempted(first, attempt("x@gmail.com", .remote, .deferred), at: now)
        stories.arrived(second, MessageArrival(sender: .localUser(uid: 102), originalID: first), at: now)
        #expect(stories.story(of: first) == nil)
        #expect(stories.sender(of: second) == alice)
        #expect(stories.attempted(second, attempt("x@gmail.com"), at: now).attempt == 2)
    }

    // MARK: Attempts

    @Test mutating func `keep each recipient's last outcome and count the attempts`() throws {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.activated(first, envelopeSender: "a@b", size: 1, recipientCount: 2, at: now)
        _ = stories.attempted(first, attempt("x@gmail.com", .remote, .deferred, .greylist), at: now)
        _ = stories.attempted(first, attempt("y@gmail.com"), at: now)
        stories.activated(first, envelopeSender: "a@b", size: 1, recipientCount: 1, at: now + .minutes(5))
        _ = stories.attempted(first, attempt("x@gmail.com", .remote, .bounced, .mailboxFull), at: now + .minutes(5))
        let story = try #require(stories.story(of: first))
        #expect(story.retryCount == 1)
        #expect(story.recipientCount == 1)
        #expect(story.recipients.map(\.address) == ["x@gmail.com", "y@gmail.com"])
        #expect(story.recipients.map(\.outcome) == [.bounced, .sent])
        #expect(story.recipients.map(\.replyClass) == [.mailboxFull, nil])
        #expect(story.recipients.map(\.attemptCount) == [2, 1])
        #expect(story.recipients.map(\.lastAttempt) == [now + .minutes(5), now])
    }

    @Test mutating func `count a retry only where it ends otherwise than the attempt before`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        let kinds = [
            attempt("x@gmail.com", .remote, .deferred), attempt("x@gmail.com", .remote, .deferred, .greylist),
            attempt("x@gmail.com", .none, .deferred), attempt("x@gmail.com", .remote, .deferred),
            attempt("x@gmail.com", .remote, .deferred, .ipBlock), attempt("x@gmail.com", .remote, .sent),
        ].map { stories.attempted(first, $0, at: now).counted }
        #expect(kinds == [.deferred, nil, nil, nil, .block, .accepted])
    }

    @Test mutating func `count only what left this host`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        let ways: [DeliveryAttempt.Way] = [.local, .none, .handedOn(as: nil), .forwarded(as: second)]
        for way in ways {
            #expect(stories.attempted(first, attempt("\(way)", way), at: now).counted == nil)
        }
    }

    @Test mutating func `keep so many recipients one by one, and count the others`() throws {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        for number in 0..<MessageStory.maximumRecipients {
            #expect(stories.attempted(first, attempt("u\(number)@gmail.com"), at: now).attempt == 1)
        }
        let beyond = stories.attempted(first, attempt("one.more@gmail.com"), at: now)
        #expect(beyond == stories.expected(alice, isForwarded: false, attempt: nil, counted: .accepted))
        #expect(stories.attempted(first, attempt("u7@gmail.com"), at: now).attempt == 2)
        let story = try #require(stories.story(of: first))
        #expect(story.recipients.count == MessageStory.maximumRecipients)
        #expect(story.unlistedAttemptCount == 1)
    }

    // MARK: Beginning and end

    @Test mutating func `forget a message that left the queue`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.ended(first)
        #expect(stories.openCount == 0)
        #expect(stories.sender(of: first) == nil)
    }

    @Test mutating func `begin anew with an ID that is used again, even if its end was not heard`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.named(first, messageID: "<m@b>", at: now)
        _ = stories.attempted(first, attempt("x@gmail.com"), at: now)
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
        _ = stories.attempted(first, attempt("x@gmail.com", .handedOn(as: first)), at: now)
        _ = stories.attempted(first, attempt("x@gmail.com", .forwarded(as: first)), at: now)
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
                let attempt = attempt(recipient, ways.randomElement(using: &random) ?? .none, .sent, for: "list")
                _ = stories.attempted(id, attempt, at: at)
            }
            guard stories.openCount <= 16 else {
                Issue.record("\(stories.openCount) open")
                return
            }
        }
        #expect(stories.evictedCount > 0)
    }
}

extension MessageStories {
    fileprivate func expected(
        _ sender: Sender?, isForwarded: Bool, attempt: Int?, counted: OutcomeKind?
    ) -> Attribution {
        Attribution(sender: sender, isForwarded: isForwarded, attempt: attempt, counted: counted)
    }
}
