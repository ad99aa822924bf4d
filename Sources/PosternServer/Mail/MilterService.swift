// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import Milter
internal import ServiceLifecycle

/// Runs the milter until the daemon stops, then lets messages in flight finish.
struct MilterService: Service {
    let server: MilterServer
    let drain: Duration
    let log: Logger

    init(_ settings: MilterSettings, mail: MailService, log: Logger) throws(MilterError) {
        server = try MilterServer(Self.configuration(settings)) { MailSession(mail) }
        drain = settings.drain
        self.log = log
        try server.open()
    }

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await server.serve()
        } onGracefulShutdown: {
            Task.detached {
                let drained = await server.stopped(drainFor: drain)
                if !drained { log.warning("stopped with messages in flight: Postfix's default_action decides on them") }
            }
        }
    }

    /// Replies are wanted only where one may differ from "go on"; of macros only those that are read.
    private static func configuration(_ settings: MilterSettings) -> MilterConfiguration {
        MilterConfiguration(
            name: "postern", socket: settings.socket,
            steps: [.connect, .envelopeSender, .envelopeRecipient, .headers, .endOfHeaders, .body],
            answered: [.envelopeRecipient, .endOfHeaders], actions: [.addHeaders, .changeHeaders, .quarantine],
            macros: [
                .connect: [], .helo: [], .envelopeSender: [.authenticatedLogin, .daemonName], .envelopeRecipient: [],
                .data: [],
                .endOfHeaders: [.queueID], .endOfMessage: [.queueID],
            ])
    }
}
