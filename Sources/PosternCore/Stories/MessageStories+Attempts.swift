// SPDX-License-Identifier: Apache-2.0

/// Attempts to deliver, and whom they are put down to.
extension MessageStories {
    /// A delivery agent reported one attempt for one recipient.
    public mutating func attempted(_ id: QueueID, _ attempt: DeliveryAttempt, at moment: Moment) -> Attribution {
        let forwarder = attempt.originalRecipient
        let kind = attempt.way == .remote ? OutcomeKind(attempt.outcome, attempt.replyClass) : nil
        var attribution = change(id, at: moment) { story in
            Self.note(attempt, kind, in: &story, at: moment)
        }
        switch attempt.way {
        case .remote, .local, .none:
            break
        case .handedOn(let child):
            change(id, at: moment) { $0.wasHandedOn = true }
            if let child { handedBack(child, from: id, at: moment) }
            if let forwarder { tellChildren(of: id, that: forwarder, forwardsTo: attempt.recipient, at: moment) }
        case .forwarded(let child):
            forwarded(child, by: forwarder ?? attempt.recipient, from: id, at: moment)
        }
        if attribution.sender == nil { attribution.counted = nil }
        return attribution
    }

    /// A filter's reply named the ID under which it gave a message back.
    private mutating func handedBack(_ child: QueueID, from id: QueueID, at moment: Moment) {
        guard let story = shelf.story(of: child), story.isFromLocalServer else { return }
        if case .reinjected = story.origin { return }
        reinjected(child, from: id, at: moment)
    }

    private static func note(
        _ attempt: DeliveryAttempt, _ kind: OutcomeKind?, in story: inout MessageStory, at moment: Moment
    ) -> Attribution {
        guard let index = story.indexOfRecipient(attempt.recipient) else {
            story.unlistedAttemptCount += 1
            return attribution(of: story, forwardedBy: attempt.originalRecipient, attempt: nil, counted: kind)
        }
        if let forwarder = attempt.originalRecipient { story.recipients[index].forwardedBy = forwarder }
        story.recipients[index].attemptCount += 1
        story.recipients[index].outcome = attempt.outcome
        story.recipients[index].replyClass = attempt.replyClass
        story.recipients[index].lastAttempt = moment
        let counted = story.recipients[index].countedKind == kind ? nil : kind
        if counted != nil { story.recipients[index].countedKind = kind }
        return attribution(
            of: story, forwardedBy: story.recipients[index].forwardedBy, attempt: story.recipients[index].attemptCount,
            counted: counted)
    }

    private static func attribution(
        of story: MessageStory, forwardedBy address: String?, attempt: Int?, counted: OutcomeKind?
    ) -> Attribution {
        var isForwarded = address != nil
        var sender = story.sender
        switch story.origin {
        case .forwarded:
            isForwarded = true
        case .notice:
            sender = nil
        case .unexplained where story.envelopeSender != "":
            sender = .unknownLocalUser
        case .unheard, .unexplained, .submitted, .outside, .reinjected:
            sender = sender ?? address.map { .forwarder($0) }
        }
        return Attribution(sender: sender, isForwarded: isForwarded, attempt: attempt, counted: counted)
    }
}
