// SPDX-License-Identifier: Apache-2.0

/// What came of an incident.
struct IncidentCount: Sendable {
    /// Legitimate recipients whose mail Postfix gave back.
    var bounced = 0
    /// Legitimate messages that nobody got, that are in no queue, and of which no bounce tells.
    var lost = 0
    /// Recipients who got a message twice.
    var duplicated = 0
    /// Connections in which the provider was asked to take mail while it listed us.
    var attemptsWhileListed = 0
    /// Recipients who got spam.
    var spamOut = 0
    /// Whether a provider came to list us.
    var wasListed = false
    /// The slowest message of somebody who had no part in it.
    var innocentDelay: Duration = .zero
    /// From the beginning of the harm to the first alert; `nil` if nobody was told.
    var timeToAlert: Duration?
    /// From the provider's change of mind to the first message that it took; `nil` where there was none.
    var timeToReopen: Duration?
    /// From the provider's change of mind to the last message that arrived.
    var timeToDrain: Duration?

    /// Both counts side by side, as Markdown.
    static func table(alone: Self, guarded: Self) -> String {
        let rows: [(String, (Self) -> String)] = [
            ("legitimate recipients bounced", { "\($0.bounced)" }),
            ("lost without a word", { "\($0.lost)" }),
            ("delivered twice", { "\($0.duplicated)" }),
            ("attempts while listed", { $0.wasListed ? "\($0.attemptsWhileListed)" : "never listed" }),
            ("recipients of spam", { "\($0.spamOut)" }),
            ("slowest innocent message", { text($0.innocentDelay) }),
            ("first alert after", { $0.timeToAlert.map(text) ?? "nobody is told" }),
            ("first message in after delisting", { $0.timeToReopen.map(text) ?? "—" }),
            ("last message in after delisting", { $0.timeToDrain.map(text) ?? "—" }),
        ]
        let lines = rows.map { "| \($0.0) | \($0.1(alone)) | \($0.1(guarded)) |" }
        return (["| | Postfix alone | with Postern |", "|---|---|---|"] + lines).joined(separator: "\n")
    }

    private static func text(_ time: Duration) -> String {
        let (seconds, attoseconds) = time.components
        return "\(seconds).\(attoseconds / 100_000_000_000_000_000) s"
    }
}
