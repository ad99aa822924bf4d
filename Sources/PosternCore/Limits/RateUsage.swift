// SPDX-License-Identifier: Apache-2.0

/// How much room a sender has left under one rate.
public struct RateUsage: Hashable, Sendable {
    /// The rate.
    public let rate: Rate
    /// How much counts in its window, the oldest sub-window whole.
    public let used: UInt64

    /// How much of a rate is used.
    public init(rate: Rate, used: UInt64) {
        self.rate = rate
        self.used = used
    }
}
