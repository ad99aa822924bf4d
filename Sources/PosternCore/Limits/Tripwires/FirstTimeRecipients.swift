// SPDX-License-Identifier: Apache-2.0

/// How many strangers a sender writes to in a day.
///
/// It alerts only: a newsletter's first issue looks the same.
///
/// Whom the sender wrote to is remembered in two Bloom filters of 8,192 bits, the older dropped when the newer holds a
/// thousand: 2 KiB a sender, the last one to two thousand recipients. Fewer than one stranger in twenty is taken for known.
/// For seven days everybody is a stranger, so nothing is said.
public struct FirstTimeRecipients: Hashable, Sendable {
    private static let words = 128
    private static let mostInFilter = 1000
    private static let day: Int64 = 86_400_000
    private static let learningDays: Int64 = 7

    /// How many strangers a day are too many.
    private let limit: UInt32
    private let key: HashKey
    private var newer = [UInt64](repeating: 0, count: words)
    private var older = [UInt64](repeating: 0, count: words)
    private var inNewer = 0
    private var firstDay: Int64?
    private var today: Int64 = 0
    private var strangers: UInt32 = 0

    /// A sender that was never seen; more than `limit` strangers in a day (UTC) are told.
    public init(limit: UInt32 = 100, key: HashKey) {
        self.limit = limit
        self.key = key
    }

    /// Notes a recipient, and tells when there are too many strangers today, once a day.
    public mutating func wrote(to recipient: String, at moment: Moment) -> SenderFinding? {
        let day = max(moment.milliseconds, 0) / Self.day
        let first = firstDay ?? day
        firstDay = first
        if day > today {
            today = day
            strangers = 0
        }
        guard isStranger(recipient) else { return nil }
        strangers = strangers.addingSaturating(1)
        return today - first >= Self.learningDays && strangers == limit.addingSaturating(1)
            ? .firstTimeRecipients(strangers) : nil
    }

    private mutating func isStranger(_ recipient: String) -> Bool {
        var hash = SipHash(key: key)
        hash.append(recipient.lowercased())
        let (low, high) = hash.finish()
        var isInNewer = true
        var isInOlder = true
        for turn in UInt64(0)..<4 {
            let bit = Int(truncatingIfNeeded: (low &+ turn &* high) & 8191)
            let mask = UInt64(1) << UInt64(bit & 63)
            if newer[bit >> 6] & mask == 0 { isInNewer = false }
            if older[bit >> 6] & mask == 0 { isInOlder = false }
        }
        guard !isInNewer else { return false }
        if inNewer >= Self.mostInFilter {
            older = newer
            newer = [UInt64](repeating: 0, count: Self.words)
            inNewer = 0
        }
        for turn in UInt64(0)..<4 {
            let bit = Int(truncatingIfNeeded: (low &+ turn &* high) & 8191)
            newer[bit >> 6] |= UInt64(1) << UInt64(bit & 63)
        }
        inNewer += 1
        return !isInOlder
    }
}
