// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Answers HTTP on the status socket and, where configured, on a loopback address that only reads.
struct StatusService: Service {
    /// More than this many clients at once are let wait in the backlog.
    private static let mostClients = 64
    /// A client that is silent for so long, or takes nothing for so long, is closed.
    private static let patience = TimeAmount.seconds(30)

    private let applications: [Application<RouterResponder<StatusContext>>]
    private let place: SocketPlace

    /// Takes the socket's place; `whenServing` is called once the socket stands under its name.
    /// - Throws: ``LocalSocket/Refusal``.
    init(
        _ settings: StatusSettings, board: StatusBoard, actions: ActionDesk, more: [any StatusResource] = [],
        log: Logger, whenServing: @escaping @Sendable () -> Void
    ) throws {
        let place = SocketPlace(path: settings.socket, group: settings.group)
        try place.makeRoom()
        self.place = place
        let resources: [any StatusResource] =
            [
                OverviewResource(board: board), ListingsResource(board: board), RejectionsResource(board: board),
                EventsResource(board: board), MailResource(board: board), ConfigurationResource(board: board),
                PageResource(board: board), ActionsResource(desk: actions),
            ] + more
        let router = Self.router(resources)
        var applications = [
            Self.application(router, at: .unixDomainSocket(path: place.temporaryPath)) { _ in
                place.settle(log)
                whenServing()
            }
        ]
        if let listen = settings.listen {
            applications.append(
                Self.application(router, at: .hostname(listen.host, port: Int(listen.port))) { _ in
                    log.notice("status pages are shown, for reading, at http://\(listen)/")
                })
        }
        self.applications = applications
    }

    func run() async throws {
        defer { place.remove() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for application in applications { group.addTask { try await application.run() } }
            try await group.waitForAll()
        }
    }

    private static func router(_ resources: [any StatusResource]) -> RouterResponder<StatusContext> {
        let router = StatusRouter(context: StatusContext.self)
        router.add(middleware: RefusalMiddleware())
        for resource in resources { resource.add(to: router) }
        IndexResource(router).add(to: router)
        return router.buildResponder()
    }

    private static func application(
        _ router: RouterResponder<StatusContext>, at address: BindAddress,
        onServerRunning: @escaping @Sendable (any Channel) async -> Void
    ) -> Application<RouterResponder<StatusContext>> {
        var quiet = Logger(label: "status")
        quiet.logLevel = .critical
        return Application(
            responder: router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [StallGuard(patience: patience)], idleTimeout: patience,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100))),
            configuration: .init(
                address: address, availableConnectionsDelegate: MaximumAvailableConnections(mostClients, logger: quiet)),
            onServerRunning: onServerRunning, eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
            logger: quiet)
    }
}
