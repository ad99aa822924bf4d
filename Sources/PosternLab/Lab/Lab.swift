// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// A private world with Debian's real Postfix, a real DNS server and scripted mail exchangers of the large providers.
///
/// ```swift
/// try await Lab.with { lab in
///     try lab.mx.script("microsoft-consumer", .refusing("550 5.7.1 … (S3150).", at: .mailFrom))
///     try await lab.submit("Subject: hello\n\nhello\n", from: "alice@lab.example", to: ["bob@hotmail.com"], login: .alice)
///     try await lab.log(contains: "status=bounced", "S3150")
/// }
/// ```
/// Each lab has namespaces of its own for network, mounts, process ids, host name and IPC, so several run at once, and paths and
/// ports inside are those of a plain Debian host. All it writes is in memory. It ends with its scope, or with this process.
public final class Lab: Sendable {
    /// The mail exchangers of the providers.
    public let mx: MailExchangers
    /// The lines of /var/log/mail.log, the last 64 MiB.
    public let mailLog: Chronicle<String>

    let world: World
    let postfix: PostfixServer
    let names: NameServer
    let channels: OpenChannels

    private init(
        world: World, postfix: PostfixServer, names: NameServer, mx: MailExchangers, mailLog: Chronicle<String>,
        channels: OpenChannels
    ) {
        self.world = world
        self.postfix = postfix
        self.names = names
        self.mx = mx
        self.mailLog = mailLog
        self.channels = channels
    }

    /// Lets two labs start at a time.
    ///
    /// A test run asks for many at once; all starting together, each would come late. A lab that runs needs little.
    private static let turnstile = Turnstile(width: 2)

    /// Starts a lab, runs `body` with it, and ends it whatever happens.
    ///
    /// If the environment variable `POSTERN_LAB_LOGS` names a directory, the lab leaves its mail log there.
    /// - Throws: `LabFailure` if the lab cannot be had, or what `body` throws.
    @discardableResult
    public static func with<Answer: Sendable>(
        _ configuration: Configuration = Configuration(), isolation: isolated (any Actor)? = #isolation,
        _ body: (Lab) async throws -> Answer
    ) async throws -> Answer {
        let lab = try await Self.turnstile.pass { try await start(configuration) }
        let answer: Answer
        do {
            answer = try await body(lab)
        } catch {
            await Task { await lab.end() }.value
            throw error
        }
        // In a task of its own: that this one is cancelled must not hasten the end.
        await Task { await lab.end() }.value
        return answer
    }

    private static func start(_ configuration: Configuration) async throws -> Lab {
        try requirePrograms()
        let world = try await World.create()
        let channels = OpenChannels()
        do {
            return try await furnish(world, configuration, channels)
        } catch {
            await world.destroy()
            await channels.close()
            throw error
        }
    }

    private static func furnish(_ world: World, _ configuration: Configuration, _ channels: OpenChannels) async throws
        -> Lab
    {
        try await world.layMounts()
        try await world.addUsers(["postern"] + configuration.users)
        try await world.write("127.0.0.1 localhost\n\(Place.server) \(Place.hostName) mail\n", to: "/etc/hosts")
        try await world.write(
            "passwd: files\ngroup: files\nhosts: files dns\nservices: files\n", to: "/etc/nsswitch.conf")
        try await world.write("nameserver 127.0.0.1\n", to: "/etc/resolv.conf")
        try await world.raiseNetwork(hostName: Place.hostName, addresses: Place.addresses)
        async let starting = NameServer.start(in: world)
        let mx = try await MailExchangers.start(in: world, channels)
        let mailLog = Chronicle<String>(capacity: 64 << 20) { $0.utf8.count + 32 }
        try await MailLog.follow(in: world, into: mailLog, channels)
        let postfix = PostfixServer(world: world)
        try await postfix.install(configuration)
        let names = try await starting
        try await postfix.start()
        _ = try await mailLog.wait(for: "start of Postfix in its log", within: .seconds(20)) {
            $0.contains("daemon started")
        }
        return Lab(world: world, postfix: postfix, names: names, mx: mx, mailLog: mailLog, channels: channels)
    }

    /// Everything inside is killed first: programs that saw their peers go would fill the log with it.
    private func end() async {
        await world.destroy()
        await channels.close()
        keepLogIfAsked()
    }
}
