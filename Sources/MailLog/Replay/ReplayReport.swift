// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What old logs say, summed up.
///
/// Moments are milliseconds since the Unix epoch.
public struct ReplayReport: Hashable, Sendable, Codable {
    /// The earliest stamp of a line of Postfix; `nil` if there was no such line.
    public var first: Moment?
    /// The latest stamp.
    public var last: Moment?
    /// Lines that were read.
    public var lines: Int
    /// Lines of other programs.
    public var foreign: Int
    /// Lines that were Postfix's by their tag but not by their form.
    public var malformed: Int
    /// What attempts came to, by provider, the busiest first; where a host is of no provider, the name is `nil`.
    public var providers: [ProviderSummary]
    /// Refusals by their wording, the most frequent first.
    public var refusals: [RefusalSummary]
    /// Refusals whose wording came too late to be kept apart: there were too many others.
    public var unlistedRefusals: Int
    /// When providers refused or slowed down our address, in order of time.
    public var listings: [ListingEpisode]
    /// Episodes of which there was no more room for the details.
    public var unlistedEpisodes: Int
    /// What the daemon would have made of them, or did, step by step.
    public var steps: [ReplayedStep]
    /// Steps of which there was no more room.
    public var unlistedSteps: Int
    /// Recipients whose mail bounced for a block or a throttle of our address: Postern would have kept it.
    public var bouncedByListing: Int
    /// What became of the senders' mail, those first of whom most was refused.
    public var senders: [SenderSummary]
    /// Deliveries of senders for whom there was no more room.
    public var unlistedSenderDeliveries: Int
    /// Attempts by SMTP that another host answered, or that found none.
    public var attempts: Int
    /// Of those, how many sent on mail that an address of ours forwards.
    public var forwarded: Int
    /// What limits would have done.
    public var bursts: BurstReport

    /// The share of attempts that forwarded, 0…1; 0 where there was none.
    public var forwardedShare: Double { attempts == 0 ? 0 : Double(forwarded) / Double(attempts) }
}

/// What attempts at one provider came to.
public struct ProviderSummary: Hashable, Sendable, Codable {
    /// The provider; `nil` for all hosts of none.
    public var provider: String?
    /// `status=sent`.
    public var sent: Int
    /// `status=deferred`, and what `soft_bounce` kept.
    public var deferred: Int
    /// `status=bounced` and `expired`.
    public var bounced: Int
    /// How many of the refusals were of each class (`ip-block`, …).
    public var classes: [String: Int]
}

/// Refusals in one wording.
public struct RefusalSummary: Hashable, Sendable, Codable {
    /// The provider of the hosts that said it; `nil` for hosts of none.
    public var provider: String?
    /// What they are about.
    public var replyClass: String
    /// The rule that knows the wording; `nil` if none does.
    public var rule: String?
    /// How many.
    public var count: Int
    /// The first of them, cut to 500 characters; worded by the other side.
    public var sample: String
}

/// A time in which one provider refused or slowed down our address, no six hours of it without a sign.
public struct ListingEpisode: Hashable, Sendable, Codable {
    /// The provider.
    public var provider: String
    /// The kind of our address, `v4` or `v6`.
    public var family: AddressFamily
    /// The first evidence.
    public var first: Moment
    /// The last.
    public var last: Moment
    /// How many lines of evidence.
    public var count: Int
    /// Of them, how many say by themselves that our address is listed.
    public var unmistakable: Int
    /// The codes that the replies named, at most eight.
    public var codes: [String]
    /// How many recipients' mail bounced for it.
    public var bounced: Int
}

/// What became of one sender's mail.
public struct SenderSummary: Hashable, Sendable, Codable {
    /// The sender, as `Sender.name` writes it.
    public var sender: String
    /// Accepted by another host.
    public var accepted: UInt32
    /// Put off for reasons that say nothing of the sender.
    public var deferred: UInt32
    /// Refused as the recipient does not exist.
    public var unknownUser: UInt32
    /// Refused for content or reputation.
    public var spamRefusal: UInt32
    /// Refused for our address or domain.
    public var block: UInt32
    /// Failed for another reason.
    public var failed: UInt32
}
