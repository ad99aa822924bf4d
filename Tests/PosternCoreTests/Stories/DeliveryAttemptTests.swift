// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `Attempts told to the stories` {
    private var stories = MessageStories()
    private let first: QueueID
    private let second: QueueID
    private let alice = Sender.login("alice@example.com")
    private let now = Moment(seconds: 1000)

    init() throws {
        first = try .test(1)
        second = try .test(2)
    }

    @Test mutating func `keep each recipient's last outcome and count the attempts`() throws {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        stories.activated(first, envelopeSender: "a@b", size: 1, recipientCount: 2, at: now)
        _ = stories.attempted(first, .to("x@gmail.com", .remote, .deferred, .greylist), at: now)
        _ = stories.attempted(first, .to("y@gmail.com"), at: now)
        stories.activated(first, envelopeSender: "a@b", size: 1, recipientCount: 1, at: now + .minutes(5))
        _ = stories.attempted(first, .to("x@gmail.com", .remote, .bounced, .mailboxFull), at: now + .minutes(5))
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
            .to("x@gmail.com", .remote, .deferred), .to("x@gmail.com", .remote, .deferred, .greylist),
            .to("x@gmail.com", .none, .deferred), .to("x@gmail.com", .remote, .deferred),
            .to("x@gmail.com", .remote, .deferred, .ipBlock), .to("x@gmail.com", .remote, .sent),
        ].map { stories.attempted(first, $0, at: now).counted }
        #expect(kinds == [.deferred, nil, nil, nil, .block, .accepted])
    }

    @Test mutating func `count only what left this host`() {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        let ways: [DeliveryAttempt.Way] = [.local, .none, .handedOn(as: nil), .forwarded(as: second)]
        for way in ways {
            #expect(stories.attempted(first, .to("\(way)", way), at: now).counted == nil)
        }
    }

    @Test mutating func `keep so many recipients one by one, and count the others`() throws {
        stories.arrived(first, MessageArrival(sender: alice), at: now)
        for number in 0..<MessageStory.maximumRecipients {
            #expect(stories.attempted(first, .to("u\(number)@gmail.com"), at: now).attempt == 1)
        }
        let beyond = stories.attempted(first, .to("one.more@gmail.com"), at: now)
        #expect(beyond == Attribution(sender: alice, isForwarded: false, attempt: nil, counted: .accepted))
        #expect(stories.attempted(first, .to("u7@gmail.com"), at: now).attempt == 2)
        let story = try #require(stories.story(of: first))
        #expect(story.recipients.count == MessageStory.maximumRecipients)
        #expect(story.unlistedAttemptCount == 1)
    }
}
