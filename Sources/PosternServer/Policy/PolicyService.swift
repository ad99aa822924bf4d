// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import Milter
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Answers Postfix's policy clients until the daemon stops.
///
/// A request is decided where it is read, without waiting for anything, so a stop cuts off no decision: a client whose
/// connection closes asks once more and then goes by its `default_action`.
struct PolicyService: Service {
    /// An smtpd(8) process has one connection, and Postfix has 100 of them unless it is told otherwise.
    static let mostClients = 400
    /// Postfix closes what is idle for 300 s (`smtpd_policy_service_max_idle`).
    private static let patience = TimeAmount.minutes(10)

    private let server: any Channel
    private let clients: PolicyClients

    /// Listens; `nil` where no socket is configured.
    /// - Throws: ``LocalSocket/Refusal``, or what keeps the address from being bound.
    static func open(_ settings: PolicySettings, mail: MailService) async throws -> PolicyService? {
        guard let socket = settings.socket else { return nil }
        if settings.limitsAt == .milter {
            mail.log.notice("the policy service answers DUNNO to all, for the limits act at the milter")
        }
        return try await PolicyService(socket, limits: PolicyLimits(mail), log: mail.log)
    }

    init(_ socket: MilterSocket, limits: PolicyLimits, log: Logger, mostClients: Int = mostClients) async throws {
        let clients = PolicyClients(most: mostClients)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                guard clients.admit(channel) else {
                    limits.counters.turnedAway.increment()
                    return channel.close()
                }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        IdleStateHandler(readTimeout: Self.patience), ByteToMessageHandler(PolicyRequestReader()),
                        PolicyHandler(limits, log: log))
                }
            }
        switch socket {
        case .unix(let path, _):
            try LocalSocket.makeRoom(at: path)
            server = try await bootstrap.bind(unixDomainSocketPath: path).get()
        case .inet(let host, let port):
            server = try await bootstrap.bind(host: host.isEmpty ? "0.0.0.0" : host, port: Int(port)).get()
        }
        self.clients = clients
    }

    func run() async throws {
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await server.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            server.close(promise: nil)
        }
        await clients.close()
    }
}
