// SPDX-License-Identifier: Apache-2.0

/// Deliveries to one provider, in steps of time.
public struct ProviderHistory: Codable, Hashable, Sendable {
    /// The provider; `nil` for hosts of no known one.
    public var provider: String?
    /// Accepted, in each step.
    public var sent: [Int]
    /// Deferred, in each step.
    public var deferred: [Int]
    /// Bounced, in each step.
    public var bounced: [Int]

    /// A row of so many empty steps.
    public init(provider: String?, steps: Int) {
        self.provider = provider
        sent = Array(repeating: 0, count: max(0, steps))
        deferred = sent
        bounced = sent
    }

    /// All deliveries.
    public var total: Int { totalSent + totalDeferred + totalBounced }
    /// All that were accepted.
    public var totalSent: Int { sent.reduce(0, +) }
    /// All that were deferred.
    public var totalDeferred: Int { deferred.reduce(0, +) }
    /// All that were bounced.
    public var totalBounced: Int { bounced.reduce(0, +) }

    /// Adds to one step; one that is not there is left out.
    public mutating func add(sent: Int, deferred: Int, bounced: Int, at step: Int) {
        guard self.sent.indices.contains(step) else { return }
        self.sent[step] += sent
        self.deferred[step] += deferred
        self.bounced[step] += bounced
    }
}
