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

    private let years: Years
    private let now: Moment
    private var reader: MailLogReader
    private var tallies = ReplayTallies()

    /// A replay that has read nothing.
    /// - Parameters:
    ///   - rules: By which replies are read.
    ///   - policy: By which senders are told.
    ///   - years: The year of stamps without one.
    ///   - zone: The time zone of stamps without one.
    ///   - now: The time of the replay.
    public init(rules: ReplyRules, policy: SenderPolicy, years: Years = .ofFiles, zone: LogZone = .system, now: Moment)
    {
        self.years = years
        self.now = now
        let calendar = LogCalendar(years: Self.years(years, modified: nil, now: now), zone: zone)
        // Nobody asks a replay for hours: the totals are its own.
        let history = SenderHistory(maximumHours: 1, maximumSenders: 1)
        reader = MailLogReader(rules: rules, policy: policy, calendar: calendar, history: history)
    }

    /// Another file begins; `modified` is its time of modification, where that is known.
    public mutating func began(modified: Moment?) {
        reader.calendar.years = Self.years(years, modified: modified, now: now)
    }

    /// Reads the next line.
    /// - Parameters:
    ///   - line: The line without its end.
    ///   - time: When it was written, for a line without stamp and host, as the journal gives it.
    public mutating func take(_ line: Span<UInt8>, writtenAt time: Moment? = nil) {
        guard let heard = reader.take(line, writtenAt: time) else { return }
        tallies.heard(at: heard.record.time)
        if let delivery = heard.delivery { tallies.count(delivery) }
    }

    /// What has been read so far, summed up.
    public var report: ReplayReport {
        tallies.report(lines: reader.lineCount, foreign: reader.foreignCount, malformed: reader.malformedCount)
    }

    private static func years(_ years: Years, modified: Moment?, now: Moment) -> LogCalendar.Years {
        switch years {
        case .ofFiles: .before(modified ?? now)
        case .from(let year): .from(year)
        }
    }
}
