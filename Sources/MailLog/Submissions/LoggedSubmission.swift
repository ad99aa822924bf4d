// SPDX-License-Identifier: Apache-2.0
public import PosternCore
internal import PostfixWire

/// A message that somebody here submitted, as an old log tells it: when it first entered the active queue.
///
/// The log does not say which recipients a client named, only how many were left after aliases; those whose mail ends on
/// this host are among them. So it counts rather more than a limit would.
public struct LoggedSubmission: Hashable, Sendable {
    /// When.
    public let moment: Moment
    /// The message.
    public let queueID: QueueID
    /// Who is accountable.
    public let sender: Sender
    /// What kind of sender that is.
    public let senderClass: SenderClass
    /// The envelope sender; empty for `<>`.
    public let envelopeSender: String
    /// To how many recipients.
    public let recipients: Int

    /// A submission of known parts.
    public init(
        moment: Moment, queueID: QueueID, sender: Sender, senderClass: SenderClass, envelopeSender: String,
        recipients: Int
    ) {
        self.moment = moment
        self.queueID = queueID
        self.sender = sender
        self.senderClass = senderClass
        self.envelopeSender = envelopeSender
        self.recipients = recipients
    }
}

extension MailLogReader {
    /// The submission that the line just read tells of; `nil` for all other lines.
    ///
    /// A retry, a forward, a notice and what a content filter hands back are none. Ask before the next line is read.
    public func submission(toldBy heard: HeardLine) -> LoggedSubmission? {
        guard case .activated(let activated) = heard.record.event, let id = heard.record.queueID,
            let story = stories.story(of: id), story.activationCount == 1, case .submitted(let sender) = story.origin
        else { return nil }
        return LoggedSubmission(
            moment: heard.record.time, queueID: id, sender: sender,
            senderClass: storyteller.policy.senderClass(of: sender), envelopeSender: story.envelopeSender ?? "",
            recipients: activated.recipientCount)
    }
}
