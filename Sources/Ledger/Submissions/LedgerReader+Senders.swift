// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

extension LedgerReader {
    /// Senders by what they submitted, those first that have most of what the question ranks by.
    public func senders(_ query: SenderQuery) throws(LedgerError) -> [SenderActivity] {
        let first = query.since.hour
        let last = max(first, query.until.hour)
        let order =
            switch query.order {
            case .volume: "volume DESC, sender"
            case .excess: "volume - usual DESC, volume DESC, sender"
            case .held: "held + refused + refused_recipients DESC, volume DESC, sender"
            }
        let found = try rows(
            """
            WITH now AS (
                SELECT sender, max(sender_class) AS sender_class, sum(messages) AS messages,
                    sum(recipients) AS recipients, sum(held) AS held, sum(held_recipients) AS held_recipients,
                    sum(refused) AS refused, sum(refused_recipients) AS refused_recipients
                FROM submission_hour WHERE hour BETWEEN ?1 AND ?2 AND (?5 IS NULL OR sender = ?5) GROUP BY sender),
            past AS (
                SELECT sender, sum(recipients + held_recipients + refused_recipients) AS recipients
                FROM submission_hour WHERE hour BETWEEN ?1 - ?3 AND ?1 - 1 AND (?5 IS NULL OR sender = ?5)
                GROUP BY sender),
            out AS (
                SELECT sender, max(sender_class) AS sender_class, sum(sent) AS sent, sum(deferred) AS deferred,
                    sum(bounced) AS bounced, sum(unknown_user) AS unknown_user, sum(block) AS block
                FROM sender_hour WHERE hour BETWEEN ?1 AND ?2 AND (?5 IS NULL OR sender = ?5) GROUP BY sender)
            SELECT every.sender AS sender, coalesce(nullif(now.sender_class, ''), out.sender_class) AS sender_class,
                messages, now.recipients AS recipients, held, held_recipients, refused, refused_recipients,
                sent, deferred, bounced, unknown_user, block,
                coalesce(past.recipients, 0) * (?2 - ?1 + 1) / ?3 AS usual,
                coalesce(now.recipients + held_recipients + refused_recipients, 0) AS volume
            FROM (SELECT sender FROM now UNION SELECT sender FROM out) AS every
                LEFT JOIN now USING (sender) LEFT JOIN past USING (sender) LEFT JOIN out USING (sender)
            ORDER BY \(order) LIMIT ?4
            """, [first, last, Self.baselineHours, Self.bounded(query.limit), query.sender]
        ).map { SenderActivity($0) }
        var senders = found
        for index in senders.indices {
            senders[index].networks = try marks("network", of: senders[index].sender, first, last)
            senders[index].scripts = try marks("script", of: senders[index].sender, first, last)
        }
        return senders
    }

    /// The most that each sender asked for, from the hour of `since` on, by the hour.
    public func submissionPeaks(since: Moment) throws(LedgerError) -> [SubmissionPeak] {
        try rows(
            """
            SELECT peaks.*, sent, unknown_user FROM (
                SELECT sender, max(sender_class) AS sender_class, sum(messages) AS messages,
                    sum(asked) AS recipients, max(two_hours) AS two_hours, max(day) AS day
                FROM (
                    SELECT sender, sender_class, messages, recipients + held_recipients + refused_recipients AS asked,
                        sum(recipients + held_recipients + refused_recipients)
                            OVER (PARTITION BY sender ORDER BY hour RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)
                            AS two_hours,
                        sum(recipients + held_recipients + refused_recipients)
                            OVER (PARTITION BY sender ORDER BY hour RANGE BETWEEN 24 PRECEDING AND CURRENT ROW) AS day
                    FROM submission_hour WHERE hour >= ?1 AND sender_class <> '')
                GROUP BY sender) AS peaks
            LEFT JOIN (
                SELECT sender, sum(sent) AS sent, sum(unknown_user) AS unknown_user
                FROM sender_hour WHERE hour >= ?1 GROUP BY sender) AS out USING (sender)
            ORDER BY recipients DESC LIMIT ?2
            """, [since.hour, Self.mostPeaks]
        ).compactMap { SubmissionPeak($0) }
    }

    private func marks(
        _ kind: String, of sender: String, _ first: Int64, _ last: Int64
    ) throws(LedgerError) -> [String] {
        try rows(
            """
            SELECT value FROM submission_mark WHERE day BETWEEN ? AND ? AND sender = ? AND kind = ?
            GROUP BY value ORDER BY max(last) DESC LIMIT 8
            """, [first / 24, last / 24, sender, kind]
        ).compactMap { $0.text("value") }
    }

    private static let baselineHours = 14 * 24
    private static let mostPeaks = 100_000
}
