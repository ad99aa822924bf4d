// SPDX-License-Identifier: Apache-2.0

/// What is usual for one sender, and whether the current hour is far above it.
///
/// Of each of the last fourteen days the busiest hour is kept. The second highest of these is what is usual in a busy hour:
/// about the 99th percentile of the hours, and one bad day does not become the rule. A weekly mailing has happened twice
/// by then and is usual. Until seven days are known nothing is said.
public struct Baseline: Hashable, Sendable {
    /// When the wire trips.
    public struct Settings: Hashable, Sendable {
        /// How many times the usual is too much.
        public var factor: UInt32
        /// Below how many recipients an hour nothing is too much.
        public var floor: UInt32

        /// Three times the usual, and fifty recipients, unless told otherwise.
        public init(factor: UInt32 = 3, floor: UInt32 = 50) {
            self.factor = factor
            self.floor = floor
        }
    }

    private static let hour: Int64 = 3_600_000
    private static let day: Int64 = 24 * hour
    private static let days = 14
    /// For how many days a sender is only watched.
    public static let learningDays = 7

    private let settings: Settings
    /// The busiest hours of the days before `today`, the last day first.
    private var busiest: [UInt32] = []
    private var today: Int64?
    private var busiestToday: UInt32 = 0
    private var currentHour: Int64 = 0
    private var inCurrentHour: UInt32 = 0
    private var hasTripped = false

    /// A sender that was never seen.
    public init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// How many recipients the sender has in a busy hour; `nil` until seven days are known.
    public var usual: UInt32? {
        guard busiest.count >= Self.learningDays else { return nil }
        return busiest.sorted(by: >)[1]
    }

    /// Counts recipients, and tells if the wire trips, once an hour.
    ///
    /// Moments before the current hour count in it.
    public mutating func add(_ recipients: UInt32, at moment: Moment) -> SenderFinding? {
        advance(to: max(moment.milliseconds, 0))
        inCurrentHour = inCurrentHour.addingSaturating(recipients)
        busiestToday = max(busiestToday, inCurrentHour)
        guard !hasTripped, let usual, inCurrentHour >= settings.floor,
            UInt64(inCurrentHour) > UInt64(usual) * UInt64(settings.factor)
        else { return nil }
        hasTripped = true
        return .aboveBaseline(recipients: inCurrentHour, usual: usual)
    }

    private mutating func advance(to now: Int64) {
        if now / Self.hour > currentHour {
            currentHour = now / Self.hour
            inCurrentHour = 0
            hasTripped = false
        }
        guard let last = today else {
            today = now / Self.day
            return
        }
        let passed = now / Self.day - last
        guard passed > 0 else { return }
        let idleDays = Int(min(passed - 1, Int64(Self.days)))
        busiest = Array((Array(repeating: 0, count: idleDays) + [busiestToday] + busiest).prefix(Self.days))
        busiestToday = 0
        today = now / Self.day
    }
}
