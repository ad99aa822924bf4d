// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Settings

/// What is watched of senders beside their numbers, and what follows when it trips.
public struct TripwireSettings: Hashable, Sendable {
    /// What follows.
    public enum Action: String, CaseIterable, Sendable {
        /// The sender's further mail is held, and it is told.
        case hold
        /// It is told.
        case observe
        /// Nothing is watched.
        case off
    }

    /// For how long a sender's mail is held.
    public var holdFor: Duration
    /// What follows when too much of a sender's mail is refused.
    public var failureAction = Action.hold
    /// How much is too much.
    public var failures = FailureShare.Settings()
    /// What follows when a login is used from too many networks.
    public var originAction = Action.hold
    /// How many are too many.
    public var origins = OriginSpread.Settings()
    /// Whether it is told when a sender is far above its own busy hours.
    public var tellsOfBaseline = true
    /// How far is far.
    public var baseline = Baseline.Settings()
    /// Whether it is told when a sender writes to many for the first time.
    public var tellsOfStrangers = false
    /// How many strangers a day are too many.
    public var strangers = 100

    /// Reads `[tripwires]`.
    public init(_ section: Section) {
        holdFor = section.value(
            "hold-for", .duration(in: .minutes(1)...(.hours(24 * 31))), default: .hours(12),
            help: "For how long a sender's further mail is held when a wire trips, unless somebody frees it before. "
                + "While modes.limits is \"observe\" nothing is held.")
        section.table(
            "failures", help: "Too much of a sender's mail is refused: bought or guessed addresses. Needs the mail log."
        ) { readFailures($0) }
        section.table("origins", help: "A login is used from many networks within a short time: a password was sold.") {
            readOrigins($0)
        }
        section.table("baseline", help: "A sender is far above its own busy hours. It is only told, never held.") {
            readBaseline($0)
        }
        section.table(
            "strangers", help: "A sender writes to many to whom it never wrote. It is only told, never held."
        ) { readStrangers($0) }
    }

    private static let windows: ClosedRange<Duration> = .minutes(1)...(.hours(24))

    private mutating func readFailures(_ section: Section) {
        failureAction = section.value("action", .choice, default: .hold, help: Self.actionHelp)
        failures.window = section.value(
            "window", .duration(in: Self.windows), default: failures.window,
            help: "Over how long outcomes are added up.")
        failures.percent = UInt32(
            section.value(
                "percent", .integer(in: 1...100, unit: "percent"), default: Int(failures.percent),
                help:
                    "Which share of a sender's mail is too much, of what was taken or refused: unknown recipients, spam."
            ))
        failures.leastFailures = UInt32(
            section.value(
                "at-least", .integer(in: 1...1_000_000, unit: "recipients"), default: Int(failures.leastFailures),
                help: "How many must be refused at least."))
    }

    private mutating func readOrigins(_ section: Section) {
        originAction = section.value("action", .choice, default: .hold, help: Self.actionHelp)
        let window = section.value(
            "window", .duration(in: Self.windows), default: origins.window, help: "Within how long.")
        let networks = section.value(
            "networks", .integer(in: 2...16, unit: "networks"), default: origins.networks,
            help: "How many networks are too many: /24 of IPv4, /48 of IPv6.")
        origins = OriginSpread.Settings(window: window, networks: networks)
    }

    private mutating func readBaseline(_ section: Section) {
        tellsOfBaseline = section.value(
            "tell", .flag, default: true, help: "Whether it is told; a sender must be known for seven days.")
        let factor = section.value(
            "factor", .integer(in: 2...1000), default: Int(baseline.factor),
            help: "How many times its busy hour a sender must send in an hour.")
        let floor = section.value(
            "at-least", .integer(in: 1...1_000_000, unit: "recipients"), default: Int(baseline.floor),
            help: "How many recipients in an hour are never told of.")
        baseline = Baseline.Settings(factor: UInt32(factor), floor: UInt32(floor))
    }

    private mutating func readStrangers(_ section: Section) {
        tellsOfStrangers = section.value(
            "tell", .flag, default: false,
            help: "Whether it is told; a sender must be known for seven days. Costs 2 KiB of memory a sender.")
        strangers = section.value(
            "a-day", .integer(in: 1...1_000_000, unit: "recipients"), default: strangers,
            help: "How many strangers a day are too many.")
    }

    private static let actionHelp =
        "What follows: hold (the sender's further mail is held), observe (it is told), off. Only mail of logins and of web "
        + "users is ever held."
}
