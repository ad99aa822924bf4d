// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import PostfixWire
public import Replies

/// Reads old logs for what senders have sent, and proposes limits.
public struct LimitSurvey: Sendable {
    private static let maximumSenders = 100_000

    private var lines: LogDating
    private var peaks = SenderPeaks()
    private var outcomes: [Sender: OutcomeCounts] = [:]

    /// A survey that has read nothing; see `Replay`.
    public init(
        rules: ReplyRules, policy: SenderPolicy, years: Replay.Years = .ofFiles, zone: LogZone = .system, now: Moment
    ) {
        lines = LogDating(rules: rules, policy: policy, years: years, zone: zone, now: now)
    }

    /// Another file begins; `modified` is its time of modification, where that is known.
    public mutating func began(modified: Moment?) {
        lines.began(modified: modified)
    }

    /// Reads the next line; see `Replay.take`.
    public mutating func take(_ line: Span<UInt8>, writtenAt time: Moment? = nil) {
        guard let heard = lines.reader.take(line, writtenAt: time) else { return }
        if let submission = lines.reader.submission(toldBy: heard) { peaks.count(submission) }
        guard let sender = heard.delivery?.attribution?.sender, let kind = heard.delivery?.attribution?.counted,
            outcomes[sender] != nil || outcomes.count < Self.maximumSenders
        else { return }
        outcomes[sender, default: OutcomeCounts()].count(kind)
    }

    /// What fits those who sent.
    public var advice: LimitAdvice {
        LimitAdviser().advice(for: peaks.all { outcomes[$0]?.showsAbuse ?? false })
    }
}
