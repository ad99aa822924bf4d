// SPDX-License-Identifier: Apache-2.0

/// What was counted for one message, where and when: what is given back must leave the sub-window that it is in.
public struct LimitReceipt: Hashable, Sendable {
    private struct Taking: Hashable, Sendable {
        var recipients: UInt32
        let moment: Moment
    }

    /// The limits under which the message counts.
    public let limits: [AppliedLimit]
    private var countsMessage: [Bool] = []
    private var takings: [Taking] = []
    /// When the message itself was counted, for rules that count messages.
    private var messageTakenAt: Moment?

    /// A receipt for nothing.
    init(limits: [AppliedLimit]) {
        self.limits = limits
    }

    /// How many recipients are counted.
    public var recipients: UInt32 {
        takings.reduce(0) { sum, taking in
            let (sum, overflow) = sum.addingReportingOverflow(taking.recipients)
            return overflow ? .max : sum
        }
    }

    /// Gives back so many recipients, the last that were counted first.
    ///
    /// So when the log tells that another milter or Postfix itself refused them. With the last recipient goes the message.
    public mutating func giveBack(recipients: UInt32, at moment: Moment, in store: inout some LimitStore) {
        var rest = recipients
        while rest > 0, let last = takings.last {
            let count = min(rest, last.recipients)
            give(count, takenAt: last.moment, messages: false, at: moment, in: &store)
            rest -= count
            takings[takings.count - 1].recipients -= count
            if last.recipients == count { takings.removeLast() }
        }
        if takings.isEmpty, let taken = messageTakenAt {
            give(1, takenAt: taken, messages: true, at: moment, in: &store)
            messageTakenAt = nil
        }
    }

    /// Gives everything back.
    public mutating func giveBackAll(at moment: Moment, in store: inout some LimitStore) {
        giveBack(recipients: .max, at: moment, in: &store)
    }

    /// What so many further recipients count in a unit: a message counts with its first recipient.
    func count(for unit: LimitRule.Unit, recipients: UInt32) -> UInt32 {
        switch unit {
        case .recipients: recipients
        case .messages: messageTakenAt == nil ? 1 : 0
        }
    }

    /// Notes that so many were counted under all limits.
    mutating func note(_ recipients: UInt32, at moment: Moment, rules: LimitRules) {
        if countsMessage.isEmpty { countsMessage = limits.map { rules.all[$0.rule].unit == .messages } }
        if messageTakenAt == nil { messageTakenAt = moment }
        if let last = takings.last, last.moment == moment, last.recipients <= .max - recipients {
            takings[takings.count - 1].recipients += recipients
        } else {
            takings.append(Taking(recipients: recipients, moment: moment))
        }
    }

    private func give(
        _ count: UInt32, takenAt: Moment, messages: Bool, at moment: Moment, in store: inout some LimitStore
    ) {
        for (limit, countsMessage) in zip(limits, countsMessage) where countsMessage == messages {
            store.withShard(limit.key.shard(of: store.shardCount)) {
                $0.giveBack(count, limit, takenAt: takenAt, at: moment)
            }
        }
    }
}
