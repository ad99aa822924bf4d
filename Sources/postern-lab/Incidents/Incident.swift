// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// A story that is played in a lab, whether Postern runs there or not.
protocol Incident: Sendable {
    /// What happens, in a line.
    var title: String { get }
    /// What stands in Postern's configuration beyond the lab's own.
    var configuration: String { get }
    /// Plays it to its end.
    /// - Returns: What came of it.
    func play(in lab: Lab) async throws -> IncidentCount
}

extension Incident {
    /// Where alerts go: a provider that takes no part otherwise.
    static var watcher: String { "watch@gmx.de" }

    /// When the first alert reached its reader; `nil` if none did.
    static func firstAlert(in lab: Lab) -> ContinuousClock.Instant? {
        lab.mx.mail.entries { $0.recipients.contains(watcher) }.first?.time
    }
}
