// SPDX-License-Identifier: Apache-2.0

/// Alerts put together by kind and subject, within bounds; beyond them only their number is kept.
struct AlertTally: Hashable, Sendable, Codable {
    /// The most kinds and subjects that are told apart.
    static let capacity = 100

    private(set) var counts: [AlertCount] = []
    private(set) var unlisted = 0
    /// When the first of them was added.
    private(set) var began: Moment?

    var isEmpty: Bool { counts.isEmpty && unlisted == 0 }

    mutating func add(_ alert: Alert, times: Int, at now: Moment) {
        if began == nil { began = now }
        if let index = counts.firstIndex(where: {
            $0.latest.kind == alert.kind && $0.latest.subject == alert.subject
        }) {
            counts[index].add(alert, times: times)
        } else if counts.count < Self.capacity {
            counts.append(AlertCount(alert, times: times))
        } else {
            unlisted = unlisted.addingSaturating(times)
        }
    }

    /// No moment that is remembered may lie in the future, whatever the clock did.
    mutating func clamp(to now: Moment) {
        began = began.map { min($0, now) }
    }

    /// All of it as one, and nothing is left.
    mutating func take(at now: Moment, waiting: [ProviderBacklog]) -> AlertSummary {
        defer { self = AlertTally() }
        return AlertSummary(
            from: began ?? now, to: now, counts: counts, unlisted: unlisted, waiting: waiting)
    }
}
