// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Tells the stories of messages what a log line says of them.
public struct LogStoryteller: Sendable {
    /// A Message-ID is kept up to this many bytes.
    static let maximumMessageIDLength = 256

    /// Who is accountable for what came in how.
    public var policy: SenderPolicy

    /// A storyteller for one site.
    public init(policy: SenderPolicy) {
        self.policy = policy
    }

    /// Tells what one record says.
    ///
    /// `replyClass` is what the reply of a delivery is about, where that is known; it is left aside for an older failure
    /// that qmgr repeats.
    /// - Returns: for a delivery, whom it is put down to.
    @discardableResult
    public func tell(
        _ record: LogRecord, in line: Span<UInt8>, replyClass: ReplyClass? = nil, to stories: inout MessageStories
    ) -> Attribution? {
        guard let id = record.queueID else { return nil }
        switch record.event {
        case .accepted(let accepted):
            stories.arrived(id, arrival(accepted, in: line), at: record.time)
        case .submitted(let submitted):
            let facts = SubmissionFacts(entrance: .sendmail, uid: submitted.userID)
            let arrival = MessageArrival(sender: policy.identity(of: facts).sender, originalID: submitted.originalID)
            stories.arrived(id, arrival, at: record.time)
        case .messageID(let range):
            let kept = LineRange(Int(range.start), min(Int(range.end), Int(range.start) + Self.maximumMessageIDLength))
            stories.named(id, messageID: kept.text(in: line), at: record.time)
        case .activated(let activated):
            stories.activated(
                id, envelopeSender: activated.sender.text(in: line), size: activated.size,
                recipientCount: activated.recipientCount, at: record.time)
        case .delivery(let delivery):
            return stories.attempted(id, attempt(delivery, replyClass, in: line), at: record.time)
        case .notification(_, let notice):
            stories.noticed(id, as: notice, at: record.time)
        case .policy(let decision):
            tell(decision, about: id, at: record.time, to: &stories)
        case .removed:
            stories.ended(id)
        case .held:
            stories.held(id, at: record.time)
        case .released:
            stories.released(id, at: record.time)
        case .earlierReply, .connectionLost, .expired, .requeued, .expiryForced, .trouble, .lifecycle, .other:
            break
        }
        return nil
    }

    private func arrival(_ accepted: AcceptedRecord, in line: Span<UInt8>) -> MessageArrival {
        let address = ClientAddress(parsing: accepted.clientAddress.text(in: line))
        let login = accepted.login?.text(in: line) ?? ""
        let identity = policy.identity(of: SubmissionFacts(entrance: .smtp(address), login: login))
        let isFromLocalServer = login.isEmpty && address?.isLoopback == true
        return MessageArrival(
            sender: identity.sender, isFromLocalServer: isFromLocalServer, originalID: accepted.originalID)
    }

    private func attempt(
        _ delivery: DeliveryRecord, _ replyClass: ReplyClass?, in line: Span<UInt8>
    ) -> DeliveryAttempt {
        let recipient = delivery.recipient.text(in: line)
        var original = delivery.originalRecipient.map { policy.folding.fold($0.text(in: line)) }
        if original != nil, original == policy.folding.fold(recipient) { original = nil }
        return DeliveryAttempt(
            recipient: recipient, originalRecipient: original, way: delivery.way(in: line), outcome: delivery.outcome,
            replyClass: delivery.isSuspended(in: line) ? nil : replyClass)
    }

    private func tell(
        _ decision: PolicyRecord, about id: QueueID, at moment: Moment, to stories: inout MessageStories
    ) {
        switch (decision.action, decision.stage) {
        case (.hold, _), (.milterHold, _):
            stories.held(id, at: moment)
        case (.discard, .content), (.discard, .endOfMessage), (.milterDiscard, _), (.milterReject, .endOfMessage),
            (.milterReject, .data), (.proxyReject, .endOfMessage), (.reject, .content), (.reject, .endOfMessage),
            (.reject, .data):
            stories.ended(id)
        case (.reject, _), (.milterReject, _), (.discard, _), (.proxyReject, _), (.notice, _):
            break
        }
    }
}
