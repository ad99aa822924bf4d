// SPDX-License-Identifier: Apache-2.0
internal import ServiceLifecycle

/// What has to be done now and then, whether or not mail comes.
struct UpkeepService: Service {
    let mail: MailService
    let mailLog: MailLogWatch?

    /// Places of each table that are looked at in each turn: a million senders within about a minute.
    private static let places = 256

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                mail.policy.limiter?.sweep(Self.places, at: mail.limitMoment)
                mail.receipts.giveBack(at: mail.limitMoment)
                mailLog?.lookAround()
                // Here, after the locks that each message takes: where one of those is never given back, systemd acts.
                if Supervisor.isWatched { Supervisor.alive() }
                // A stop cancels the sleep, and that is no error.
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
