// SPDX-License-Identifier: Apache-2.0
internal import ServiceLifecycle

/// Writes the limits' counters every few seconds until the daemon stops, and once more then.
struct LimitKeepingService: Service {
    let keeper: LimitKeeper

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await keeper.flush()
                // A stop cancels the sleep, and that is no error.
                try? await Task.sleep(for: LimitKeeper.interval)
            }
        }
        await keeper.close()
    }
}
