// SPDX-License-Identifier: Apache-2.0
import PosternCore

/// A limiter that remembers every single taking, to compare with.
struct LimitOracle {
    let rates: [Rate]
    private(set) var takings: [(milliseconds: Int64, count: UInt32)] = []

    init(_ rates: [Rate]) {
        self.rates = rates
    }

    mutating func took(_ count: UInt32, at moment: Int64) {
        takings.append((moment, count))
    }

    mutating func gaveBack(_ count: UInt32, takenAt moment: Int64) {
        guard let index = takings.lastIndex(where: { $0.milliseconds == moment && $0.count >= count }) else { return }
        takings[index].count -= count
    }

    /// What counts in the closed interval of `length` that ends at `end`.
    func sum(endingAt end: Int64, length: Int64) -> UInt64 {
        takings.reduce(0) { end - length <= $1.milliseconds && $1.milliseconds <= end ? $0 + UInt64($1.count) : $0 }
    }

    /// Whether some interval of a rate's length that ends at `end` holds more than the rate says.
    func isBroken(endingAt end: Int64) -> Bool {
        rates.contains { sum(endingAt: end, length: $0.windowMilliseconds) > UInt64($0.limit) }
    }

    /// Whether `count` more at `now` would break a rate even if its window were one sub-window longer, and two more for each
    /// step of the clock.
    func isExcusedToRefuse(_ count: UInt32, at now: Int64, afterSteps steps: Int64 = 0) -> Bool {
        rates.contains { rate in
            let subWindow = (rate.windowMilliseconds + 23) / 24
            return sum(endingAt: now, length: (25 + 2 * steps) * subWindow) + UInt64(count) > UInt64(rate.limit)
        }
    }
}
