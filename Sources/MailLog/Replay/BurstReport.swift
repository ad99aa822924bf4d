// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What limits would have done with the submissions of an old log.
public struct BurstReport: Hashable, Sendable, Codable {
    /// Messages that were submitted.
    public var submissions: Int
    /// Their recipients.
    public var recipients: Int
    /// Messages that would have been held or refused, wholly or in part.
    public var stoppedMessages: Int
    /// Recipients that would not have been written to at once.
    public var stoppedRecipients: Int
    /// Recipients over a limit that only observes.
    public var observedRecipients: Int
    /// When whom, in order of time.
    public var episodes: [BurstEpisode]
    /// Episodes of which there was no more room for the details.
    public var unlistedEpisodes: Int
    /// Senders that would have been stopped.
    public var senders: Int
    /// Of those, whose mail showed no sign of abuse, at most 100: who needs a limit of its own.
    public var innocent: [String]
}

/// A time in which one sender was over one limit, no hour of it without a message over it.
public struct BurstEpisode: Hashable, Sendable, Codable {
    /// The sender, as `Sender.name` writes it.
    public var sender: String
    /// What kind of sender that is.
    public var senderClass: String
    /// The rule by its name.
    public var rule: String
    /// The rate that was full first.
    public var rate: String
    /// What the rule does: `hold`, `defer`, `reject` or `observe`.
    public var over: String
    /// The first message over the limit.
    public var first: Moment
    /// The last.
    public var last: Moment
    /// How many recipients had passed within the rate's window when the first message was over it.
    public var passedBefore: UInt64
    /// Messages over the limit.
    public var messages: Int
    /// Recipients over the limit.
    public var recipients: Int
    /// Whether the whole log shows no sign of abuse by this sender.
    ///
    /// A sign is: at least twenty recipients who do not exist or servers that took its mail for spam, and those at least
    /// three in ten of all.
    public var looksInnocent: Bool
}
