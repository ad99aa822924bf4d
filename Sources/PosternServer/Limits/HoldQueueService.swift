// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import Logging
internal import PosternCore
internal import PostfixTools
internal import PostfixWire
internal import ServiceLifecycle

/// Looks at Postfix's hold queue now and then, as long as something of ours is in it.
struct HoldQueueService: Service {
    let held: HeldMails
    /// The directory of the ledger, where the last look of an operator stands.
    let directory: String
    let queue: PostQueue
    let log: Logger
    let now: @Sendable () -> Moment

    /// The shortest time from one look to the next; longer where the queue is long, so that looking is never the load.
    private static let interval = Duration.seconds(60)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Self.interval
            while !Task.isCancelled {
                // A stop cancels the sleep, and that is no error.
                try? await Task.sleep(for: pause)
                guard !Task.isCancelled, !held.isEmpty else { continue }
                let start = ContinuousClock.now
                await look()
                pause = max(Self.interval, (.now - start) * 50)
            }
        }
    }

    private func look() async {
        let moment = now()
        do throws(CommandError) {
            let listing = try await queue.listing()
            // What is not among the first 200,000 messages may be there all the same.
            if !listing.isCut {
                held.seen(Set(listing.entries.lazy.filter { $0.queue == .hold }.map(\.id)), at: moment)
            }
        } catch {
            log.warning("the hold queue cannot be looked at: \(error)")
        }
        let directory = directory
        let look = try? await CommandRunner.offThread { try? LedgerReader(directory: directory).lastLookAtHeld() }
        held.lookAround(lastLook: look ?? nil)
    }
}
