// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Measures what each sender sends at most, with the limiter's own counters, so that a limit of that size would just not
/// have been met.
public struct SenderPeaks: Sendable {
    /// Senders that are measured, at most; further ones are only counted.
    public static let maximumSenders = 100_000
    /// The windows of limits that people set: ten minutes, an hour, a day.
    public static let usualWindows: [Duration] = [.minutes(10), .hours(1), .hours(24)]

    /// How many submissions came from senders for whom there was no room.
    public private(set) var unlisted = 0

    private let key: HashKey
    private var table: LimitTable
    private var peaks: [Sender: SenderPeak] = [:]

    /// Nothing measured yet.
    public init() {
        key = HashKey(low: .random(in: 0...(.max)), high: .random(in: 0...(.max)))
        table = LimitTable(
            rates: Self.usualWindows.map { Rate(limit: .max, window: $0) }, capacity: Self.maximumSenders)
    }

    /// Counts one submission; to be fed in the order of the log.
    public mutating func count(_ submission: LoggedSubmission) {
        let sender = submission.sender
        guard peaks[sender] != nil || peaks.count < Self.maximumSenders else {
            unlisted += 1
            return
        }
        let senderKey = SenderKey(sender, key: key)
        _ = table.observe(UInt32(clamping: submission.recipients), for: senderKey, at: submission.moment)
        let usage = table.usage(of: senderKey, at: submission.moment).map(\.used)
        var peak =
            peaks[sender]
            ?? SenderPeak(
                sender: sender.name, senderClass: submission.senderClass, messages: 0, recipients: 0,
                peaks: usage.map { _ in 0 })
        peak.messages += 1
        peak.recipients += submission.recipients
        for (index, used) in usage.enumerated() where index < peak.peaks.count {
            peak.peaks[index] = max(peak.peaks[index], used)
        }
        peaks[sender] = peak
    }

    /// All that was measured; `isSuspicious` tells of a sender whether its mail shows signs of abuse.
    public func all(isSuspicious: (Sender) -> Bool) -> [SenderPeak] {
        peaks.map { sender, peak in
            var peak = peak
            peak.isSuspicious = isSuspicious(sender)
            return peak
        }
    }
}
