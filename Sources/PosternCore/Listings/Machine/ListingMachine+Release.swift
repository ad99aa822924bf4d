// SPDX-License-Identifier: Apache-2.0

extension ListingMachine {
    /// Asks to let a waiting message out now, by the budget.
    /// - Returns: Whether it may go; its route must then be withdrawn when the log tells of it, or after a quarter of an hour.
    public mutating func takeRelease(of id: QueueID, at now: Moment) -> Bool {
        canRelease(id, at: now) && memory.budget.take(id, at: max(now, memory.clock ?? now))
    }

    /// Whether a waiting message could be let out now.
    public func canRelease(_ id: QueueID, at now: Moment) -> Bool {
        releasable(at: now) > 0 && !memory.budget.isUnderWay(id)
    }

    /// The log told of a message that may have been let out.
    mutating func releaseEnded(of id: QueueID, at moment: Moment) {
        memory.budget.ended(id, at: moment)
    }

    /// How many messages could be let out now.
    public func releasable(at now: Moment) -> Int {
        switch allowance {
        // Nothing waits for leave where mail flows, and what was not said yet does not hold.
        case .everything, .nothing: 0
        case .perMinute: memory.allowance != allowance ? 0 : memory.budget.available(at: max(now, memory.clock ?? now))
        }
    }
}
