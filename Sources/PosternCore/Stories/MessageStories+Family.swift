// SPDX-License-Identifier: Apache-2.0

/// Messages that were another message before: given back by a content filter, requeued, forwarded.
extension MessageStories {
    /// A message names the ID that it had before.
    mutating func continued(_ id: QueueID, from original: QueueID, _ arrival: MessageArrival, at moment: Moment) {
        guard let old = shelf.story(of: original), original != id else { return }
        if arrival.isFromLocalServer {
            reinjected(id, from: original, at: moment)
            shelf.update(original, at: moment) { $0.wasHandedOn = true }
        } else {
            // Requeued: the same message under a new name. pickup's uid is Postfix's own.
            change(id, at: moment) { story in
                story.origin = old.origin
                story.sender = old.sender
                story.messageID = old.messageID
                story.envelopeSender = old.envelopeSender
                story.activationCount = old.activationCount
                story.recipients = old.recipients
            }
            ended(original)
        }
    }

    /// A message that a process of this host submitted by SMTP bears the Message-ID of one that is open: a filter gave it back.
    ///
    /// Only for as long as that message may have gone to a filter; see `disown`.
    mutating func reinjected(_ id: QueueID, from original: QueueID, at moment: Moment) {
        guard original != id, let parent = shelf.story(of: original) else { return }
        change(id, at: moment) { story in
            story.senderBeforeReinjection = story.sender
            story.origin = .reinjected(from: original)
            story.sender = parent.sender
        }
        adopt(id, by: original)
    }

    /// Gives children back to whoever submitted them: their supposed parent ended without having gone to a filter, so that
    /// the common Message-ID is chance, or meant to deceive.
    mutating func disown(_ children: [QueueID], by id: QueueID) {
        for child in children {
            guard let story = shelf.story(of: child), story.origin == .reinjected(from: id) else { continue }
            shelf.update(child, at: story.lastHeard) { story in
                story.sender = story.senderBeforeReinjection
                story.origin = story.sender.map { .submitted($0) } ?? .unexplained
            }
        }
    }

    /// local(8) sent a message on as a new one.
    mutating func forwarded(_ child: QueueID, by address: String, from id: QueueID, at moment: Moment) {
        guard child != id else { return }
        let sender = shelf.story(of: id)?.sender ?? .forwarder(address)
        change(child, at: moment) { story in
            story.origin = .forwarded(by: address, from: id)
            story.sender = sender
        }
        adopt(child, by: id)
    }

    /// Tells the messages into which this one turned which address sends on to a recipient.
    mutating func tellChildren(of id: QueueID, that address: String, forwardsTo recipient: String, at moment: Moment) {
        for child in shelf.story(of: id)?.children ?? [] {
            shelf.update(child, at: moment) { story in
                if let index = story.indexOfRecipient(recipient) { story.recipients[index].forwardedBy = address }
            }
        }
    }

    private mutating func adopt(_ child: QueueID, by id: QueueID) {
        guard let parent = shelf.story(of: id), !parent.children.contains(child) else { return }
        // A list server may forward one message thousands of times; the first are enough for what children are kept for.
        guard parent.children.count < Self.maximumChildren else { return }
        shelf.update(id, at: parent.lastHeard) { $0.children.append(child) }
    }

    private static var maximumChildren: Int { 16 }
}
