// SPDX-License-Identifier: Apache-2.0

/// A limit that a message met.
public struct Breach: Hashable, Sendable {
    /// The rule by its place among the rules.
    public let rule: Int
    /// The rate of the rule that was full; of several, the one that stays full longest.
    public let rate: Rate
    /// What the rule wants done.
    public let over: LimitRule.Action
    /// After how long as much would pass if nothing else came; `nil` if never: it is more than the rate lets through at once.
    public let retryAfter: Duration?

    /// A breach, as a table found it.
    public init(rule: Int, rate: Rate, over: LimitRule.Action, retryAfter: Duration?) {
        self.rule = rule
        self.rate = rate
        self.over = over
        self.retryAfter = retryAfter
    }
}
