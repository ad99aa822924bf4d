// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire
internal import Replies

/// A reader of old logs, whose years come from their files.
struct LogDating: Sendable {
    private let years: Replay.Years
    private let now: Moment
    var reader: MailLogReader

    init(rules: ReplyRules, policy: SenderPolicy, years: Replay.Years, zone: LogZone, now: Moment) {
        self.years = years
        self.now = now
        let calendar = LogCalendar(years: Self.years(years, modified: nil, now: now), zone: zone)
        // Nobody asks a replay for hours: the totals are its own.
        let history = SenderHistory(maximumHours: 1, maximumSenders: 1)
        reader = MailLogReader(rules: rules, policy: policy, calendar: calendar, history: history)
    }

    mutating func began(modified: Moment?) {
        reader.calendar.years = Self.years(years, modified: modified, now: now)
    }

    private static func years(_ years: Replay.Years, modified: Moment?, now: Moment) -> LogCalendar.Years {
        switch years {
        case .ofFiles: .before(modified ?? now)
        case .from(let year): .from(year)
        }
    }
}
