// SPDX-License-Identifier: Apache-2.0

/// Deliveries by what they came to.
struct OutcomeSum: Hashable {
    var sent = 0
    var deferred = 0
    var bounced = 0
    /// Of those deferred or bounced, the ones whose recipient does not exist.
    var unknownUser = 0
    /// Of those deferred or bounced, the ones that refused our address, network or domain.
    var block = 0

    /// Adds another sum's three outcomes.
    mutating func add(_ other: OutcomeSum) {
        sent += other.sent
        deferred += other.deferred
        bounced += other.bounced
    }
}
