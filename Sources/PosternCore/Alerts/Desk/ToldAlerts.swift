// SPDX-License-Identifier: Apache-2.0

/// What was told of late, so that it is not told again.
struct ToldAlerts: Hashable, Sendable, Codable {
    private struct Told: Hashable, Sendable, Codable {
        /// The kind, or the topic of which it is a state.
        var matter: String
        var subject: String
        var kind: AlertKind
        var toldAt: Moment
        var heardAt: Moment
    }

    /// So many are remembered; the one not heard of for longest goes for a new one.
    static let capacity = 500

    private var all: [Told] = []

    /// Whether this has to be told, which it then was.
    mutating func isNews(_ alert: Alert, at now: Moment) -> Bool {
        let matter = alert.kind.topic?.rawValue ?? alert.kind.rawValue
        guard let index = all.firstIndex(where: { $0.subject == alert.subject && $0.matter == matter }) else {
            makeRoom()
            all.append(
                Told(matter: matter, subject: alert.subject, kind: alert.kind, toldAt: now, heardAt: now))
            return true
        }
        // A clock that was put back must not silence anything until it has caught up.
        let quietFor = now.since(min(all[index].heardAt, now))
        let goesOnFor = now.since(min(all[index].toldAt, now))
        let isNews =
            all[index].kind != alert.kind || quietFor >= alert.kind.silence
            || goesOnFor >= AlertKind.longestSilence
        all[index].heardAt = now
        all[index].kind = alert.kind
        if isNews { all[index].toldAt = now } else { all[index].toldAt = min(all[index].toldAt, now) }
        return isNews
    }

    private mutating func makeRoom() {
        guard all.count >= Self.capacity,
            let oldest = all.indices.min(by: { all[$0].heardAt < all[$1].heardAt })
        else { return }
        all.remove(at: oldest)
    }
}
