// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Answers HTTP on the local status socket.
///
/// Reading only; whoever may open the socket may read.
struct StatusService: Service {
    /// More than this many clients at once are let wait in the backlog.
    private static let mostClients = 64
    /// A client that is silent for so long is closed.
    private static let patience = TimeAmount.seconds(30)

    private let application: Application<RouterResponder<BasicRequestContext>>

    /// - Throws: ``LocalSocket/Refusal``.
    init(
        _ settings: StatusSettings, mail: MailService, mailLog: MailLogWatch?,
        whenServing: @escaping @Sendable () -> Void
    ) throws {
        let started = ContinuousClock.now
        try LocalSocket.makeRoom(at: settings.socket)
        let router = Router(context: BasicRequestContext.self)
        router.get("/v1/status") { _, _ in
            try JSONAnswer(StatusReport(mail, mailLog, uptime: started.duration(to: .now)))
        }
        var quiet = Logger(label: "status")
        quiet.logLevel = .error
        let server = HTTPServerBuilder.http1(configuration: .init(idleTimeout: Self.patience))
        application = Application(
            router: router, server: server,
            configuration: .init(
                address: .unixDomainSocket(path: settings.socket),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostClients, logger: quiet)),
            onServerRunning: { _ in whenServing() },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), logger: quiet)
    }

    func run() async throws {
        try await application.run()
    }
}
