// SPDX-License-Identifier: Apache-2.0

/// A limit as the configuration states it: for whom, how much, and what follows.
public struct LimitRule: Hashable, Sendable {
    /// For whom a rule is, and with whom each of them shares its count.
    public enum Subject: Hashable, Sendable {
        /// Each sender of a class has a count of its own.
        case senders(SenderClass)
        /// Each sender that the pattern names has a count of its own. Comes before the rule of its class.
        case named(SenderPattern)
        /// Each script or envelope sender behind a local user of a class, beside the user's own limit.
        case subSenders(SenderClass)
        /// All logins and forwarders of a domain count together; `nil` for each domain that no other rule names.
        case domain(String?)
        /// All that is submitted counts together.
        case server
    }

    /// What is counted.
    public enum Unit: String, Hashable, Sendable, CaseIterable {
        /// A message to fifty recipients counts fifty.
        case recipients
        /// A message counts one.
        case messages
    }

    /// What happens to mail over the limit, mildest first.
    public enum Action: String, Hashable, Sendable, CaseIterable, Comparable {
        /// It passes and is reported.
        case observe
        /// It is accepted into Postfix's hold queue.
        case hold
        /// It is refused for now: 450 4.7.1.
        case `defer`
        /// It is refused for good: 550 5.7.1.
        case reject

        /// The milder action comes first.
        public static func < (left: Action, right: Action) -> Bool { left.severity < right.severity }

        private var severity: Int {
            switch self {
            case .observe: 0
            case .hold: 1
            case .defer: 2
            case .reject: 3
            }
        }
    }

    /// The name by which counters survive a restart, unique among the rules.
    public var name: String
    /// For whom the rule is.
    public var subject: Subject
    /// All of these hold at once; what one of them refuses counts in none.
    public var rates: [Rate]
    /// What happens to mail over the limit.
    public var over: Action
    /// Whether a message is refused as a whole, at DATA, rather than those of its recipients that are over the limit.
    public var whole: Bool
    /// What is counted.
    public var unit: Unit
    /// How many messages of one sender may lie in the hold queue before the next is refused for now.
    public var heldAtMost: Int

    /// A rule; it should have at least one rate, without which it lets all pass.
    public init(
        name: String, subject: Subject, rates: [Rate], over: Action, whole: Bool = false, unit: Unit = .recipients,
        heldAtMost: Int = 200
    ) {
        self.name = name
        self.subject = subject
        self.rates = rates
        self.over = over
        self.whole = whole
        self.unit = unit
        self.heldAtMost = heldAtMost
    }

    /// How much can pass at once at most.
    ///
    /// A message with more recipients than this can never pass where it is judged as a
    /// whole, so a configuration that allows such messages (`smtpd_recipient_limit`) should hear of it.
    public var largestAtOnce: UInt32? { rates.map(\.limit).min() }
}
