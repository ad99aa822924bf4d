// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

extension LedgerReader {
    /// Senders by what they submitted, those first that have most of what the question ranks by.
    ///
    /// The time it takes depends on the hours asked for, not on how many senders they have: ranked are those who are among
    /// the busiest of some hour (see ``SenderRanking``).
    public func senders(_ query: SenderQuery) throws(LedgerError) -> [SenderActivity] {
        try read { db in
            let ranking = SenderRanking(query)
            let names = try query.sender.map { [$0] } ?? ranking.candidates(in: db)
            return try ranking.rank(names, in: db).map { row in
                var activity = SenderActivity(row)
                activity.networks = try ranking.marks("network", of: activity.sender, in: db)
                activity.scripts = try ranking.marks("script", of: activity.sender, in: db)
                return activity
            }
        }
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

    private static let mostPeaks = 100_000
}
