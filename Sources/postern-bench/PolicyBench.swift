// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation

/// Policy requests: Postern, postfwd, policyd-rate-limit and a responder that does nothing, in turn.
struct PolicyBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Policy requests a second, and how long each waits for its answer.")

    @Option(help: "The postern executable.") var postern: String
    @Option(help: "The responder that does nothing.") var null: String
    @Option(help: "The directory of postfwd1 and postfwd2.") var postfwd = "/usr/sbin"
    @Option(help: "policyd-rate-limit.") var rateLimit = "/usr/bin/policyd-rate-limit"
    @Option(help: "Rounds; each measures every server with every number of connections once.") var rounds = 5
    @Option(help: "Seconds that one measurement takes, roughly.") var seconds = 2.0
    @Option(help: "Logins that ask in turn.") var logins = 1000
    @Option(help: "Where to write the figures as JSON.") var json: String?

    private static let connections = [1, 8]

    func run() throws {
        let scratch = try PolicyScratch()
        defer { scratch.remove() }
        let servers = try [
            Server(
                name: "postern", socket: scratch.path("policy"),
                [postern, "serve", "-c", scratch.path("postern.toml")]),
            backgroundPostfwd(scratch, "postfwd1"),
            backgroundPostfwd(scratch, "postfwd2"),
            Server(
                name: "policyd-rate-limit", socket: scratch.path("policyd-rate-limit"),
                [rateLimit, "--file", scratch.path("policyd-rate-limit.yaml")]),
            Server(name: "null", socket: scratch.path("null"), [null, scratch.path("null")]),
        ]
        defer { for server in servers { server.stop() } }
        var message = 0
        var results: [PolicyFigures] = []
        for connections in Self.connections {
            var runs = [[PolicyRun]](repeating: [], count: servers.count)
            let counts = try servers.map { server in
                let probe = try measure(server, connections, requests: 400, &message)
                return max(400, Int(probe.rate * seconds))
            }
            for round in 1...rounds {
                for (index, server) in servers.enumerated() {
                    progress("\(connections) connections, round \(round) of \(rounds): \(server.name)")
                    runs[index].append(try measure(server, connections, requests: counts[index], &message))
                }
            }
            results += zip(servers, runs).map { PolicyFigures(server: $0.name, connections: connections, runs: $1) }
        }
        progress("")
        let report = PolicyReport(
            results: results,
            megabytes: Dictionary(uniqueKeysWithValues: servers.map { ($0.name, $0.residentMegabytes) }))
        print(report.markdown)
        if let json { try report.encoded().write(to: URL(fileURLWithPath: json)) }
    }

    /// postfwd goes into the background always; the second version forks for each client.
    private func backgroundPostfwd(_ scratch: PolicyScratch, _ name: String) throws -> Server {
        try Server(
            name: name, socket: scratch.path(name), pidFile: scratch.path("\(name).pid"),
            [
                "/usr/bin/perl", "-T", "\(postfwd)/\(name)", "--daemon", "-f", scratch.path("postfwd.cf"), "--proto",
                "unix", "--port", scratch.path(name), "--user", "root", "--group", "root", "--umask", "0111", "--nodns",
                "--norulelog", "--pidfile", scratch.path("\(name).pid"),
            ])
    }

    private func measure(
        _ server: Server, _ connections: Int, requests: Int, _ message: inout Int
    ) throws -> PolicyRun {
        let before = server.processorSeconds
        let load = PolicyLoad(
            socket: server.socket, connections: connections, requests: requests, logins: logins, firstMessage: message)
        message += requests
        let result = try load.run()
        guard result.refused == 0 else {
            throw BenchFailure(description: "\(server.name): \(result.refused) answers are not DUNNO")
        }
        return PolicyRun(result, serverMicroseconds: (server.processorSeconds - before) / Double(requests) * 1e6)
    }
}
