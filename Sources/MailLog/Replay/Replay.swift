// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import PostfixWire
public import Replies

/// Judges old logs as the daemon would have judged them, line by line, and sums up.
///
/// What it keeps is bounded: a log of any length costs the same memory.
public struct Replay: Sendable {
    /// Where the year of stamps without one comes from.
    public enum Years: Hashable, Sendable {
        /// The time of modification of each file, else the time of the replay.
        case ofFiles
        /// The first line of each file lies in this year.
        case from(Int)
    }

    private var lines: LogDating
    private var tallies = ReplayTallies()
    private var bursts: BurstReplay
    private var story: ListingStory

    /// A replay that has read nothing.
    /// - Parameters:
    ///   - rules: By which replies are read.
    ///   - policy: By which senders are told.
    ///   - limits: What is played over the submissions, as if it had been enforced.
    ///   - listings: By which numbers listings are judged, played over the deliveries.
    ///   - years: The year of stamps without one.
    ///   - zone: The time zone of stamps without one.
    ///   - now: The time of the replay.
    public init(
        rules: ReplyRules, policy: SenderPolicy, limits: [LimitRule] = LimitRule.defaults,
        listings: ListingSettings = ListingSettings(), years: Years = .ofFiles, zone: LogZone = .system, now: Moment
    ) {
        lines = LogDating(rules: rules, policy: policy, years: years, zone: zone, now: now)
        bursts = BurstReplay(limits)
        story = ListingStory(settings: listings, providers: rules.providers)
    }

    /// Another file begins; `modified` is its time of modification, where that is known.
    public mutating func began(modified: Moment?) {
        lines.began(modified: modified)
    }

    /// Reads the next line.
    /// - Parameters:
    ///   - line: The line without its end.
    ///   - time: When it was written, for a line without stamp and host, as the journal gives it.
    public mutating func take(_ line: Span<UInt8>, writtenAt time: Moment? = nil) {
        guard let heard = lines.reader.take(line, writtenAt: time) else { return }
        tallies.heard(at: heard.record.time)
        if let delivery = heard.delivery {
            tallies.count(delivery)
            story.heard(delivery)
        }
        if let submission = lines.reader.submission(toldBy: heard) { bursts.count(submission) }
    }

    /// What has been read so far, summed up.
    public var report: ReplayReport {
        tallies.report(
            lines: lines.reader.lineCount, foreign: lines.reader.foreignCount, malformed: lines.reader.malformedCount,
            bursts: bursts, story: story)
    }
}
