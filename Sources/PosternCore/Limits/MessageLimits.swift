// SPDX-License-Identifier: Apache-2.0

/// What the limits say of one message, from its first recipient to its end, and after.
///
/// Over SMTP each recipient is counted when it comes, so that those over the limit can be refused one by one. Where a
/// rule holds mail, or refuses it whole, recipients are accepted and the verdict on the message follows at DATA or at its
/// end; everything taken is given back then, for nothing of it leaves the host. Where recipients cannot be refused, as
/// with sendmail(1), or come as a number, as with the policy protocol, the message is counted as a whole.
public struct MessageLimits: Sendable {
    /// What is to be done with a recipient.
    public enum RecipientVerdict: Hashable, Sendable {
        /// It is accepted, for all that is known so far.
        case accept
        /// It is refused; the others are not touched.
        case refuse(Breach)
    }

    /// What is to be done with a message.
    public enum Verdict: Hashable, Sendable {
        /// It goes its way.
        case accept
        /// It is accepted into the hold queue.
        case hold(Breach)
        /// It is refused as a whole.
        case refuse(Breach)
    }

    /// What is to be done with the message, as far as is known: to be asked at DATA and at the end.
    public private(set) var verdict = Verdict.accept
    /// What rules that only observe have found, each rule once.
    public private(set) var observed: [Breach] = []
    /// What was counted, for whoever hears later that a part of it did not leave.
    public private(set) var receipt: LimitReceipt
    private let rules: LimitRules
    /// Whether nothing is refused before the end, whatever the rules say.
    private let isJudgedWhole: Bool

    /// A message that was not counted yet.
    /// - Parameters:
    ///   - applied: The limits that its sender meets, the strictest first, as `rules` gave them.
    ///   - rules: All limits.
    ///   - isJudgedWhole: Whether it is known only later if the message counts at all, so that no recipient may be refused
    ///     before.
    public init(_ applied: [AppliedLimit], rules: LimitRules, isJudgedWhole: Bool = false) {
        self.rules = rules
        self.isJudgedWhole = isJudgedWhole
        receipt = LimitReceipt(limits: applied.filter { rules.all.indices.contains($0.rule) })
    }

    /// Counts one recipient that Postfix is about to accept.
    public mutating func recipient(at moment: Moment, in store: inout some LimitStore) -> RecipientVerdict {
        guard case .accept = verdict, let breach = take(1, at: moment, in: &store) else { return .accept }
        switch breach.over {
        case .observe:
            return .accept
        case .hold:
            settle(.hold(breach), at: moment, in: &store)
            return .accept
        case .defer, .reject:
            guard isJudgedWhole || rules.all[breach.rule].whole else { return .refuse(breach) }
            settle(.refuse(breach), at: moment, in: &store)
            return .accept
        }
    }

    /// Counts all recipients of a message at once, over SMTP, where they are known as a number only.
    public mutating func message(recipients: Int, at moment: Moment, in store: inout some LimitStore) -> Verdict {
        guard case .accept = verdict, let breach = take(Self.counted(recipients), at: moment, in: &store) else {
            return verdict
        }
        settle(breach.over == .hold ? .hold(breach) : .refuse(breach), at: moment, in: &store)
        return verdict
    }

    /// Counts all recipients of a message that came through sendmail(1).
    ///
    /// It is never refused for now: Postfix would keep it in maildrop and offer it again every minute, with all others
    /// there, for ever. It is held instead.
    public mutating func localMessage(recipients: Int, at moment: Moment, in store: inout some LimitStore) -> Verdict {
        guard case .accept = verdict, let breach = take(Self.counted(recipients), at: moment, in: &store) else {
            return verdict
        }
        settle(breach.over == .reject ? .refuse(breach) : .hold(breach), at: moment, in: &store)
        return verdict
    }

    /// Gives everything back: the message was reset, aborted, or refused by somebody else.
    public mutating func abandon(at moment: Moment, in store: inout some LimitStore) {
        receipt.giveBackAll(at: moment, in: &store)
        verdict = .accept
    }

    private static func counted(_ recipients: Int) -> UInt32 { UInt32(clamping: recipients) }

    private mutating func settle(_ verdict: Verdict, at moment: Moment, in store: inout some LimitStore) {
        self.verdict = verdict
        receipt.giveBackAll(at: moment, in: &store)
    }

    /// Counts under all limits or under none.
    ///
    /// The shards are asked one after the other, never two at once; who was counted
    /// by one and refused by the next is given back, so that a limit may refuse too much for a moment, but never lets too
    /// much pass.
    private mutating func take(_ recipients: UInt32, at moment: Moment, in store: inout some LimitStore) -> Breach? {
        guard recipients > 0 else { return nil }
        for (position, limit) in receipt.limits.enumerated() {
            let count = receipt.count(for: rules.all[limit.rule].unit, recipients: recipients)
            guard count > 0 else { continue }
            let breach = store.withShard(limit.key.shard(of: store.shardCount)) { $0.take(count, limit, at: moment) }
            guard let breach else { continue }
            guard breach.over == .observe else {
                undo(recipients, before: position, at: moment, in: &store)
                return breach
            }
            if !observed.contains(where: { $0.rule == breach.rule }) { observed.append(breach) }
        }
        receipt.note(recipients, at: moment, rules: rules)
        return nil
    }

    private func undo(_ recipients: UInt32, before position: Int, at moment: Moment, in store: inout some LimitStore) {
        for limit in receipt.limits[..<position] {
            let count = receipt.count(for: rules.all[limit.rule].unit, recipients: recipients)
            guard count > 0 else { continue }
            store.withShard(limit.key.shard(of: store.shardCount)) {
                $0.giveBack(count, limit, takenAt: moment, at: moment)
            }
        }
    }
}
