// SPDX-License-Identifier: Apache-2.0

/// How a sender stood under one rate of one rule once a message was counted.
public struct LimitStanding: Hashable, Sendable {
    /// The rule by its name.
    public let rule: String
    /// The rate, and how much of it was used.
    public let usage: RateUsage

    /// A standing.
    public init(rule: String, usage: RateUsage) {
        self.rule = rule
        self.usage = usage
    }
}

extension LimitStanding: CustomStringConvertible {
    /// Such as `login: 12 of 150/10m`.
    public var description: String { "\(rule): \(usage.used) of \(usage.rate)" }
}
