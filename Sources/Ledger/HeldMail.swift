// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A message that a limit put into Postfix's hold queue; Postfix itself does not log why.
public struct HeldMail: Hashable, Sendable {
    /// The message.
    public var queueID: QueueID
    /// When it was held.
    public var time: Moment
    /// Who is accountable, by name (`Sender.name`).
    public var sender: String
    /// What kind of sender that is.
    public var senderClass: SenderClass?
    /// The limit by its name.
    public var rule: String
    /// Why, in words.
    public var reason: String
    /// The envelope sender, empty for `<>`.
    public var envelopeSender: String
    /// How many recipients it has, as far as they count.
    public var recipients: Int
    /// About how large it is, in bytes; `nil` if that is not known.
    public var size: Int?

    /// A message that is held.
    public init(
        queueID: QueueID, time: Moment, sender: String, senderClass: SenderClass? = nil, rule: String, reason: String,
        envelopeSender: String, recipients: Int, size: Int? = nil
    ) {
        self.queueID = queueID
        self.time = time
        self.sender = sender
        self.senderClass = senderClass
        self.rule = rule
        self.reason = reason
        self.envelopeSender = envelopeSender
        self.recipients = recipients
        self.size = size
    }
}
