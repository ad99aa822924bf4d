// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Ledger
internal import LogSource
internal import ServiceLifecycle

/// Follows the mail log from where the ledger left off, until the daemon stops; then the ledger is closed.
struct MailLogService: Service {
    let settings: MailLogSettings
    let watch: MailLogWatch
    let listings: ListingDesk?
    let ledger: Ledger?

    func run() async throws {
        let stop = try follow()
        // Follower and ledger block while they stop: not on a thread of the pool.
        try? await gracefulShutdown()
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                stop()
                listings?.close()
                ledger?.close()
                continuation.resume()
            }
        }
    }

    private func follow() throws -> @Sendable () -> Void {
        let position = ledger?.position(for: settings.name).flatMap(LogPosition.init(text:))
        switch settings.source {
        case .none: return {}
        case .journal:
            var last: JournalPosition?
            if case .journal(let found) = position { last = found }
            let follower = try JournalFollower(
                trusting: .thisHost(units: settings.units), from: last, to: watch)
            return { follower.stop() }
        case .file(let path):
            var last: FilePosition?
            if case .file(let found) = position { last = found }
            let follower = try FileFollower(path: path, from: last, to: watch)
            return { follower.stop() }
        }
    }
}
