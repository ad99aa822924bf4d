// SPDX-License-Identifier: Apache-2.0

/// Chooses among the messages that wait.
///
/// Linear in their number for a probe; for an order, what sorting takes.
public struct ProbeChooser: Sendable {
    /// A message up to this size, in bytes, is small: it is gone in one go, and its content was seldom the reason.
    public var smallSize = 100_000

    /// A chooser.
    public init() {}

    /// The best probe: to a domain that was not asked, one recipient, small, of a sender in good standing, neither bulk nor
    /// forwarded nor a notice; of several the oldest.
    ///
    /// What falls short in one of these still serves where there is no better. A flagged sender's mail never does.
    /// - Returns: `nil` if nothing can be a probe: the next message is it.
    public func probe(
        among messages: [WaitingMessage], wish: ProbeWish = ProbeWish(), at now: Moment
    ) -> ProbeChoice? {
        let memory = ResolverMemory(of: messages, at: now)
        var best: (rank: Rank, message: WaitingMessage, recipient: String, domain: String)?
        for message in messages where message.standing != .flagged && !wish.triedMessages.contains(message.queueID) {
            var rank = Rank(shortfall: shortfall(of: message), notBefore: now, arrival: message.arrival)
            // Most cannot be better however their recipients are looked at.
            guard best.map({ rank < $0.rank }) ?? true else { continue }
            let bare = rank.shortfall
            for recipient in message.recipients.prefix(Self.recipientsLookedAt) {
                guard let domain = RouteKey.address(recipient)?.domain else { continue }
                rank.shortfall = bare + (wish.avoidedDomains.contains(domain) ? Self.avoided : 0)
                rank.notBefore = memory.notBefore(message, recipient) ?? now
                guard best.map({ rank < $0.rank }) ?? true else { continue }
                best = (rank, message, recipient, domain)
            }
        }
        return best.map { best in
            ProbeChoice(
                probe: Probe(queueID: best.message.queueID, recipient: best.recipient, domain: best.domain),
                notBefore: memory.notBefore(best.message, best.recipient))
        }
    }

    /// The order in which mail is let out: what somebody waits for, then the rest, the oldest first; notices, forwarded
    /// mail and bulk last.
    ///
    /// Without what a flagged sender sent, and without what Postfix would answer from its memory: that comes in the next round.
    public func releaseOrder(of messages: [WaitingMessage], at now: Moment) -> [WaitingMessage] {
        let memory = ResolverMemory(of: messages, at: now)
        var keys: [ReleaseKey] = []
        keys.reserveCapacity(messages.count)
        for (index, message) in messages.enumerated() where message.standing != .flagged {
            guard message.recipients.allSatisfy({ memory.notBefore(message, $0) == nil }) else { continue }
            keys.append(ReleaseKey(group: group(of: message), arrival: message.arrival, index: index))
        }
        keys.sort()
        return keys.map { messages[$0.index] }
    }

    /// A message to more recipients than this is looked at by its first ones only.
    private static let recipientsLookedAt = 8

    /// Weighs more than all else together.
    private static let avoided = 64

    private func shortfall(of message: WaitingMessage) -> Int {
        var shortfall = 0
        if message.traits.contains(.bulk) { shortfall += 32 }
        if message.traits.contains(.forwarded) { shortfall += 16 }
        if message.traits.contains(.nullSender) { shortfall += 8 }
        if message.standing != .good { shortfall += 4 }
        if message.recipients.count > 1 { shortfall += 2 }
        if message.size > smallSize { shortfall += 1 }
        return shortfall
    }

    private func group(of message: WaitingMessage) -> Int {
        if message.traits.contains(.bulk) { return 4 }
        if message.traits.contains(.forwarded) { return 3 }
        if message.traits.contains(.nullSender) { return 2 }
        return message.traits.contains(.timeCritical) ? 0 : 1
    }
}

private struct Rank: Comparable {
    var shortfall: Int
    var notBefore: Moment
    var arrival: Moment

    static func < (left: Rank, right: Rank) -> Bool {
        (left.shortfall, left.notBefore, left.arrival) < (right.shortfall, right.notBefore, right.arrival)
    }
}

private struct ReleaseKey: Comparable {
    var group: Int
    var arrival: Moment
    var index: Int

    static func < (left: ReleaseKey, right: ReleaseKey) -> Bool {
        (left.group, left.arrival, left.index) < (right.group, right.arrival, right.index)
    }
}
