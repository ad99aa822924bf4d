// SPDX-License-Identifier: Apache-2.0

/// The messages in the queue and who is accountable for each, told from what the mail log says of them.
///
/// Feed it in the order of the log. A story ends when its message is removed; a short queue ID may then be used again. A
/// story that is never ended (a message refused at its end, a line lost) goes when there is no room for a newer one.
public struct MessageStories: Sendable {
    /// How many stories were given up for newer ones.
    public private(set) var evictedCount = 0

    var shelf: StoryShelf
    /// The open message that first bore a Message-ID, by the ID's hash.
    var bearers: [Int: QueueID] = [:]

    /// No story yet; of `maximumOpen` open ones at most, the one not heard of for longest goes for a new one.
    public init(maximumOpen: Int = 100_000) {
        shelf = StoryShelf(capacity: maximumOpen)
    }

    /// How many messages are open.
    public var openCount: Int { shelf.count }

    /// The story of an open message.
    public func story(of id: QueueID) -> MessageStory? {
        shelf.story(of: id)
    }

    /// Who is accountable for an open message as a whole.
    ///
    /// `unknownLocalUser` where the message began without a client and pickup's line has not come yet.
    public func sender(of id: QueueID) -> Sender? {
        guard let story = shelf.story(of: id) else { return nil }
        if story.origin == .unexplained, story.envelopeSender != "" { return .unknownLocalUser }
        return story.sender
    }

    /// A message got its ID: smtpd's `client=`, pickup's `uid=`.
    public mutating func arrived(_ id: QueueID, _ arrival: MessageArrival, at moment: Moment) {
        if shelf.read(id, { $0.hasArrived || !$0.recipients.isEmpty }) == true { ended(id) }
        change(id, at: moment) { story in
            story.hasArrived = true
            story.isFromLocalServer = arrival.isFromLocalServer
            guard story.sender == nil || story.sender == .unknownLocalUser else { return }
            story.sender = arrival.sender
            story.origin = arrival.sender.map { .submitted($0) } ?? .outside
        }
        if let original = arrival.originalID { continued(id, from: original, arrival, at: moment) }
    }

    /// Somebody other than the log learnt who submits a message: the milter at its end, by the client's port.
    ///
    /// May come before the log's own lines. What a login tells stands.
    public mutating func identified(_ id: QueueID, as sender: Sender, at moment: Moment) {
        change(id, at: moment) { story in
            switch story.sender {
            case nil, .unknownLocalUser:
                story.sender = sender
                story.origin = .submitted(sender)
            case .login, .localUser, .client, .forwarder:
                break
            }
        }
    }

    /// cleanup(8) logged the Message-ID, which every message has, be it empty.
    public mutating func named(_ id: QueueID, messageID: String, at moment: Moment) {
        let isRenamed = shelf.read(id) { $0.messageID.map { $0 != messageID } ?? false } ?? false
        if isRenamed, let old = shelf.story(of: id) { forgetMessageID(of: old) }
        let isCandidate = change(id, at: moment) { story in
            story.messageID = messageID
            if story.origin == .unheard { story.origin = .unexplained }
            return story.isFromLocalServer
        }
        guard !messageID.isEmpty else { return }
        let key = messageID.hashValue
        guard let bearer = bearers[key], bearer != id, shelf.read(bearer, { $0.messageID == messageID }) == true else {
            bearers[key] = id
            return
        }
        if isCandidate { reinjected(id, from: bearer, at: moment) }
    }

    /// qmgr(8) took a message into the active queue.
    public mutating func activated(
        _ id: QueueID, envelopeSender: String, size: Int, recipientCount: Int, at moment: Moment
    ) {
        change(id, at: moment) { story in
            story.envelopeSender = envelopeSender
            story.size = size
            story.recipientCount = recipientCount
            story.activationCount += 1
            story.isHeld = false
        }
    }

    /// postsuper(1), a milter or an access table put a message on hold.
    public mutating func held(_ id: QueueID, at moment: Moment) {
        change(id, at: moment) { $0.isHeld = true }
    }

    /// postsuper(1) released a message.
    public mutating func released(_ id: QueueID, at moment: Moment) {
        change(id, at: moment) { $0.isHeld = false }
    }

    /// bounce(8) sends a notice about a message, under an ID of its own.
    public mutating func noticed(_ id: QueueID, as notice: QueueID, at moment: Moment) {
        change(id, at: moment) { _ in }
        change(notice, at: moment) { story in
            story.origin = .notice(about: id)
            story.sender = nil
        }
    }

    /// A message left the queue, or was refused as a whole before it got there.
    public mutating func ended(_ id: QueueID) {
        guard let story = shelf.remove(id) else { return }
        forgetMessageID(of: story)
        if !story.wasHandedOn { disown(story.children, by: id) }
    }

    /// Changes the story of a message, and begins it first if there is none.
    @discardableResult
    mutating func change<Result>(_ id: QueueID, at moment: Moment, _ change: (inout MessageStory) -> Result) -> Result {
        if let result = shelf.update(id, at: moment, change) { return result }
        var story = MessageStory(queueID: id, at: moment)
        let result = change(&story)
        if let evicted = shelf.insert(story) {
            evictedCount += 1
            forgetMessageID(of: evicted)
        }
        return result
    }

    /// Lets the next in line bear the Message-ID, for a chain of filters.
    private mutating func forgetMessageID(of story: MessageStory) {
        guard let messageID = story.messageID, !messageID.isEmpty, bearers[messageID.hashValue] == story.queueID else {
            return
        }
        bearers[messageID.hashValue] = story.children.last { shelf.story(of: $0)?.messageID == messageID }
    }
}
