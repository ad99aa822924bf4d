// SPDX-License-Identifier: Apache-2.0

/// What became of each sender's mail, hour by hour: the evidence for tripwires and for who brought a listing about.
public struct SenderHistory: Sendable {
    /// Hours for which a sender is counted, at most; the oldest go first.
    public let maximumHours: Int
    /// Senders that are remembered, at most; those not heard of for longest go first.
    public let maximumSenders: Int
    /// How many senders were forgotten to keep within the bound.
    public private(set) var forgottenCount = 0

    private struct Hour: Sendable {
        /// Hours since the Unix epoch.
        let number: Int64
        var counts: OutcomeCounts
    }

    /// Each sender's hours, the latest last.
    private var hours: [Sender: [Hour]] = [:]

    /// An empty history; both bounds are taken as at least 1.
    public init(maximumHours: Int = 48, maximumSenders: Int = 20_000) {
        self.maximumHours = max(1, maximumHours)
        self.maximumSenders = max(1, maximumSenders)
    }

    /// How many senders are remembered.
    public var senderCount: Int { hours.count }

    /// Counts one delivery of a sender.
    public mutating func count(_ kind: OutcomeKind, of sender: Sender, at moment: Moment) {
        let number = Self.hour(of: moment)
        Self.count(kind, at: number, keeping: maximumHours, in: &hours[sender, default: []])
        if hours.count > maximumSenders { forgetOldest() }
    }

    /// What a sender's deliveries came to in the hours that the range touches.
    public func counts(of sender: Sender, in range: ClosedRange<Moment>) -> OutcomeCounts {
        hours[sender].map { Self.sum($0, in: range) } ?? OutcomeCounts()
    }

    /// The senders with the greatest weight in the hours that the range touches, greatest first; weights of 0 are left out.
    public func ranked(
        in range: ClosedRange<Moment>, limit: Int, by weight: (OutcomeCounts) -> UInt64
    ) -> [(sender: Sender, counts: OutcomeCounts)] {
        var weighed: [(weight: UInt64, sender: Sender, counts: OutcomeCounts)] = []
        for (sender, hours) in hours {
            let counts = Self.sum(hours, in: range)
            let weight = weight(counts)
            if weight > 0 { weighed.append((weight, sender, counts)) }
        }
        weighed.sort { $0.weight > $1.weight }
        return weighed.prefix(max(0, limit)).map { ($0.sender, $0.counts) }
    }

    private static func count(_ kind: OutcomeKind, at number: Int64, keeping maximum: Int, in hours: inout [Hour]) {
        // Lines of several processes are a little out of order, so the place is near the end.
        var index = hours.count
        while index > 0, hours[index - 1].number > number { index -= 1 }
        if index > 0, hours[index - 1].number == number {
            hours[index - 1].counts.count(kind)
            return
        }
        guard hours.count < maximum || index > 0 else { return }
        var counts = OutcomeCounts()
        counts.count(kind)
        hours.insert(Hour(number: number, counts: counts), at: index)
        if hours.count > maximum { hours.removeFirst() }
    }

    private static func sum(_ hours: [Hour], in range: ClosedRange<Moment>) -> OutcomeCounts {
        let first = hour(of: range.lowerBound)
        let last = hour(of: range.upperBound)
        var sum = OutcomeCounts()
        for hour in hours.reversed() where hour.number <= last {
            guard hour.number >= first else { break }
            sum += hour.counts
        }
        return sum
    }

    private static func hour(of moment: Moment) -> Int64 {
        let seconds = moment.seconds
        return seconds >= 0 ? seconds / 3600 : (seconds - 3599) / 3600
    }

    /// Forgets a sixteenth at a time, so that the search for them is paid for by many new senders.
    private mutating func forgetOldest() {
        let surplus = hours.count - maximumSenders + maximumSenders / 16
        let oldest = hours.map { (sender: $0.key, hour: $0.value.last?.number ?? .min) }
            .sorted { $0.hour < $1.hour }
            .prefix(surplus)
        for (sender, _) in oldest { hours[sender] = nil }
        forgottenCount += oldest.count
    }
}
