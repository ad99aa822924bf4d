// SPDX-License-Identifier: Apache-2.0

/// Decides what people are told, when, and what is left for the daily digest.
///
/// - The same about the same subject is told once, until it was quiet for a while or a day has passed; a change of a
///   state (a listing, the sight of the log) is told always.
/// - Of what is immediate nothing is lost: if there is too much to tell each by itself, the rest is told as one.
/// - Never more than ``Settings/hourly`` notices go out in any hour, digest and summaries included.
///
/// Everything, told or not, is counted in the digest.
public struct AlertDesk: Sendable {
    /// What a site may choose.
    public struct Settings: Hashable, Sendable {
        /// The most notices in any hour; at least 2, as one is kept for the summary.
        public var hourly: Int
        /// How long a summary waits for what belongs to it.
        public var gathering: Duration
        /// The hour of the day, 0 to 23 by the host's own time, from which on the digest goes out.
        public var digestHour: Int

        /// Ten an hour, and the digest at seven, unless told otherwise; what is out of range is taken as the nearest that
        /// is in range.
        public init(hourly: Int = 10, gathering: Duration = .minutes(5), digestHour: Int = 7) {
            self.hourly = max(2, hourly)
            self.gathering = max(.zero, gathering)
            self.digestHour = min(max(0, digestHour), 23)
        }
    }

    /// What was told when, which outlives the process: a restart must not tell all again.
    public struct Memory: Hashable, Sendable, Codable {
        var told = ToldAlerts()
        var sent: [Moment] = []
        var overflow = AlertTally()
        var digest = AlertTally()
        var digestDay: Int64?
        var waiting = WaitingWatch()

        /// Nothing was told.
        public init() {}

        /// Whether the next digest would have nothing to tell.
        public var isDigestEmpty: Bool { digest.isEmpty }
    }

    private static let hour = Duration.hours(1)

    /// What the site chose; may change at any time.
    public var settings: Settings
    /// What was told when.
    public private(set) var memory: Memory

    /// A desk that goes on from where an earlier one stopped.
    public init(settings: Settings = Settings(), memory: Memory = Memory()) {
        self.settings = settings
        self.memory = memory
    }

    /// Something happened, so many times of late.
    /// - Returns: What goes out at once.
    public mutating func raise(_ alert: Alert, times: Int = 1, at now: Moment) -> [AlertNotice] {
        clamp(to: now)
        memory.digest.add(alert, times: times, at: now)
        guard alert.kind.urgency == .immediate, memory.told.isNews(alert, at: now) else { return [] }
        // One is kept for the summary, and what came later does not go before it.
        guard memory.overflow.isEmpty, memory.sent.count < settings.hourly - 1 else {
            memory.overflow.add(alert, times: times, at: now)
            return []
        }
        return [send(.alert(alert), at: now)]
    }

    /// What waits of all providers now; to be told each few minutes or oftener.
    /// - Returns: What goes out at once.
    public mutating func waits(_ backlogs: [ProviderBacklog], at now: Moment) -> [AlertNotice] {
        memory.waiting.keep(only: backlogs.map(\.provider))
        var notices: [AlertNotice] = []
        for backlog in backlogs where memory.waiting.heard(backlog, at: now) {
            notices += raise(
                Alert(
                    .waitingLong, about: backlog.provider.name, at: now, since: backlog.oldest,
                    facts: [
                        AlertFact(.waiting, .count(backlog.count)), AlertFact(.oldest, .moment(backlog.oldest)),
                    ]),
                at: now)
        }
        return notices
    }

    /// Time passed; to be called each few seconds.
    /// - Parameters:
    ///   - now: The wall clock.
    ///   - offset: The seconds by which the host's own time is before UTC.
    /// - Returns: What goes out now.
    public mutating func clockReached(_ now: Moment, offset: Int) -> [AlertNotice] {
        clamp(to: now)
        var notices: [AlertNotice] = []
        if let began = memory.overflow.began, now.since(began) >= settings.gathering,
            memory.sent.count < settings.hourly
        {
            notices.append(send(.summary(memory.overflow.take(at: now, waiting: [])), at: now))
        }
        let day = digestDay(of: now, offset: offset)
        // A day that lies far ahead comes of a clock that was put back.
        guard let last = memory.digestDay, day >= last - 1 else {
            memory.digestDay = day
            return notices
        }
        guard day > last, memory.sent.count < settings.hourly else { return notices }
        memory.digestDay = day
        if !memory.digest.isEmpty {
            notices.append(send(.digest(memory.digest.take(at: now, waiting: memory.waiting.waiting)), at: now))
        }
        return notices
    }

    private mutating func send(_ notice: AlertNotice, at now: Moment) -> AlertNotice {
        memory.sent.append(now)
        return notice
    }

    /// Forgets what was sent more than an hour ago; what seems to lie in the future was sent just now.
    private mutating func clamp(to now: Moment) {
        memory.sent = memory.sent.map { min($0, now) }.filter { now.since($0) < Self.hour }
        memory.overflow.clamp(to: now)
        memory.digest.clamp(to: now)
    }

    /// The number of the day that began at the digest's hour.
    private func digestDay(of now: Moment, offset: Int) -> Int64 {
        let local = now + .seconds(offset - settings.digestHour * 3600)
        let (day, rest) = local.seconds.quotientAndRemainder(dividingBy: 86_400)
        return rest < 0 ? day - 1 : day
    }
}
