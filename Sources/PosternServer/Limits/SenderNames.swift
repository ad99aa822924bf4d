// SPDX-License-Identifier: Apache-2.0
internal import LimitState
internal import PosternCore

/// Which senders' names are to be written down: each once a day, while it submits mail.
struct SenderNames {
    /// When the senders of late were last noted.
    private var noted = RecentTable<Moment>(capacity: 65_536)
    private var fresh: [(key: SenderKey, sender: Sender, senderClass: SenderClass, seen: Moment)] = []

    /// More senders than that between two flushes are noted when they come again.
    private static let most = 10_000

    /// A sender submitted mail.
    mutating func saw(_ sender: Sender, _ senderClass: SenderClass, _ key: SenderKey, at moment: Moment) {
        guard fresh.count < Self.most else { return }
        let isDue = noted.update(key, initial: Moment(milliseconds: .min)) { last in
            guard moment.since(last) >= .hours(24) else { return false }
            last = moment
            return true
        }
        if isDue { fresh.append((key, sender, senderClass, moment)) }
    }

    /// Takes the names that are to be written.
    mutating func take() -> [KnownSender] {
        defer { fresh.removeAll(keepingCapacity: true) }
        return fresh.map { KnownSender(key: $0.key, name: $0.sender.name, class: $0.senderClass, seen: $0.seen) }
    }
}
