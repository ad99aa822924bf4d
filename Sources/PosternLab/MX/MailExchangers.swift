// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// All mail exchangers of the lab: what they do, and what they took.
public final class MailExchangers: Sendable {
    private struct Running {
        var script: MXScript
        var hosts: Set<String>
        /// For each rule, how often it acted and whom it let pass.
        var books: [Book]
    }

    private struct Book {
        var acted = 0
        var passed: [ContinuousClock.Instant] = []

        /// Whether the rule acts upon one that comes now.
        mutating func acts(_ rule: MXRule, at now: ContinuousClock.Instant) -> Bool {
            if let window = rule.window { passed.removeAll { $0 + window <= now } }
            if passed.count < rule.passes {
                passed.append(now)
                return false
            }
            guard acted < rule.times ?? .max else { return false }
            acted += 1
            return true
        }
    }

    private let running = Mutex<[Running]>([])
    /// What they took, in order; the last 256 MiB.
    public let mail = Chronicle<ReceivedMail>(capacity: 256 << 20) { $0.content.count + 1024 }
    /// Each stage that a client came to, in order; about the last 100,000.
    public let attempts = Chronicle<MXAttempt>(capacity: 100_000) { _ in 1 }

    /// Starts a listener for each address on port 25.
    static func start(in world: World, _ channels: OpenChannels) async throws -> MailExchangers {
        let exchangers = MailExchangers()
        let places = try MXHost.all.flatMap { host in
            try host.addresses.map { (host, try SocketAddress(ipAddress: $0, port: 25)) }
        }
        let sockets = try await world.listeners(on: places.map(\.1))
        for ((host, _), socket) in zip(places, sockets) {
            let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channels.add(channel)
                    return channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            MXChannelHandler(host: host, exchangers: exchangers))
                    }
                }
            channels.add(try await bootstrap.withBoundSocket(socket).get())
        }
        return exchangers
    }

    /// Has a host, or all hosts of a provider, behave so from now on.
    ///
    /// Open connections go on by the new script.
    /// - Throws: `LabFailure.unknownExchanger`
    public func script(_ name: String, _ script: MXScript) throws {
        let hosts = try Self.hosts(named: name)
        running.withLock { running in
            for index in running.indices { running[index].hosts.subtract(hosts) }
            running.removeAll { $0.hosts.isEmpty }
            running.append(Running(script: script, hosts: hosts, books: script.rules.map { _ in Book() }))
        }
    }

    /// Has a host, or all hosts of a provider, accept everything again.
    /// - Throws: `LabFailure.unknownExchanger`
    public func open(_ name: String) throws { try script(name, MXScript([])) }

    /// How often clients came to a stage of a host or of all hosts of a provider.
    public func count(_ name: String, at stage: MXStage) -> Int {
        attempts.entries { $0.stage == stage && ($0.host.name == name || $0.host.provider == name) }.count
    }

    func extensions(of host: MXHost) -> [String] {
        running.withLock { running in running.first { $0.hosts.contains(host.name) }?.script.extensions }
            ?? MXScript([]).extensions
    }

    /// The rule that acts here and now, which is counted.
    func rule(at host: MXHost, _ stage: MXStage, recipient: String) -> MXRule? {
        running.withLock { running in
            guard let index = running.firstIndex(where: { $0.hosts.contains(host.name) }) else { return nil }
            for (place, rule) in running[index].script.rules.enumerated() where rule.stage == stage {
                guard stage != .rcptTo || rule.recipients(recipient) else { continue }
                if running[index].books[place].acts(rule, at: .now) { return rule }
            }
            return nil
        }
    }

    func note(_ attempt: MXAttempt) { attempts.append(attempt) }

    func note(_ message: ReceivedMail) { mail.append(message) }

    private static func hosts(named name: String) throws(LabFailure) -> Set<String> {
        let hosts = MXHost.all.filter { $0.name == name || $0.provider == name }.map(\.name)
        if hosts.isEmpty { throw .unknownExchanger(name) }
        return Set(hosts)
    }
}
