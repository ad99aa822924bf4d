// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import MilterClient

/// The limiter by itself, and whole requests and messages that pass it, for few and for very many known senders.
struct LimiterBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limiter", abstract: "What limits cost: alone, in a policy request, in a message at the milter.")

    @Option(help: "The postern executable; without it only the limiter itself is measured.") var postern: String?
    @Option(parsing: .upToNextOption, help: "Numbers of known senders.") var senders = [1000, 100_000, 1_000_000]
    @Option(help: "Rounds; each measures everything once.") var rounds = 3
    @Option(help: "Counts of one measurement; of requests and messages a tenth.") var operations = 1_000_000
    @Option(help: "Where to write the figures as JSON.") var json: String?

    /// Whole requests or messages of one kind.
    struct Whole: Encodable {
        let what: String
        let perSecond: Spread
        let serverMicroseconds: Spread
    }

    struct Report: Encodable {
        let limiter: [LimiterRun.Outcome]
        let wholes: [Whole]
    }

    func run() throws {
        let rows = try senders.map { count in
            progress("limiter, \(count) senders")
            return try Self.own(senders: count, operations: operations, rounds: rounds)
        }
        let wholes = try postern.map { try requests($0) + messages($0) } ?? []
        progress("")
        print(Self.markdown(rows, wholes))
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(Report(limiter: rows, wholes: wholes)).write(to: URL(fileURLWithPath: json))
        }
    }

    /// Policy requests with eight connections: a server of its own for each number of senders, all known beforehand.
    private func requests(_ postern: String) throws -> [Whole] {
        let scratches = try senders.map { _ in try PolicyScratch() }
        defer { for scratch in scratches { scratch.remove() } }
        let servers = try scratches.map {
            try Server(
                name: "postern", socket: $0.path("policy"), [postern, "serve", "-c", $0.path("postern.toml")])
        }
        defer { for server in servers { server.stop() } }
        var message = 0
        func load(_ index: Int, _ requests: Int) throws -> PolicyRun {
            let server = servers[index]
            let before = server.processorSeconds
            let result = try PolicyLoad(
                socket: server.socket, connections: 8, requests: requests, logins: senders[index],
                firstMessage: message
            ).run()
            message += requests
            return PolicyRun(
                result, serverMicroseconds: (server.processorSeconds - before) / Double(requests) * 1e6)
        }
        for index in senders.indices {
            progress("\(senders[index]) senders make themselves known")
            _ = try load(index, max(senders[index], 10_000))
        }
        var runs = [[PolicyRun]](repeating: [], count: senders.count)
        for round in 1...rounds {
            for index in senders.indices {
                progress("policy, round \(round) of \(rounds), \(senders[index]) senders")
                runs[index].append(try load(index, operations / 10))
            }
        }
        return zip(senders, runs).map { count, runs in
            Whole(
                what: "policy request, \(count) senders known", perSecond: Spread(runs.map(\.rate)),
                serverMicroseconds: Spread(runs.map(\.serverMicroseconds)))
        }
    }

    /// Messages of 2 KiB at the milter, eight connections, nothing signed: limits off, and on for few and many logins.
    private func messages(_ postern: String) throws -> [Whole] {
        let scratch = try PolicyScratch()
        defer { scratch.remove() }
        let kinds = [("limits off", "off", 1000), ("limits on", "milter", 1000), ("limits on", "milter", 20_000)]
        let servers = try ["off", "milter"].map { name in
            try Server(
                name: name, socket: scratch.path("\(name).milter"),
                [postern, "serve", "-c", scratch.path("\(name).toml")])
        }
        defer { for server in servers { server.stop() } }
        var runs = [[MilterRun]](repeating: [], count: kinds.count)
        for round in 0...rounds {
            for (index, (what, name, logins)) in kinds.enumerated() {
                progress("milter, round \(round) of \(rounds): \(what), \(logins) logins")
                guard let server = servers.first(where: { $0.name == name }) else { continue }
                let before = server.processorSeconds
                let result = try MilterLoad(
                    endpoint: .unix(path: server.socket), connections: 8, messages: max(logins, operations / 50),
                    bodySize: 2048, logins: logins
                ).run()
                let run = MilterRun(result, serverProcessor: server.processorSeconds - before)
                // The first makes the senders known.
                if round > 0 { runs[index].append(run) }
            }
        }
        return zip(kinds, runs).map { kind, runs in
            Whole(
                what: "milter message, \(kind.0), \(kind.2) logins", perSecond: Spread(runs.map(\.rate)),
                serverMicroseconds: Spread(runs.map(\.serverMicroseconds)))
        }
    }

    /// The limiter in a process of its own.
    private static func own(senders: Int, operations: Int, rounds: Int) throws -> LimiterRun.Outcome {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? "/proc/self/exe")
        process.arguments = ["limiter-run", "\(senders)", "\(operations)", "\(rounds)"]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(LimiterRun.Outcome.self, from: data)
    }

    private static func markdown(_ rows: [LimiterRun.Outcome], _ wholes: [Whole]) -> String {
        var lines = [
            "| senders | counts/s, three rates each (min…max) | bytes per sender and rate | worst count µs |",
            "|---|---|---|---|",
        ]
        lines += rows.map {
            "| \($0.senders) | \(Spread($0.rates).text()) | \(Spread.text($0.bytesPerSenderAndRate, 0)) "
                + "| \(Spread.text($0.worstMicroseconds, 0)) |"
        }
        guard !wholes.isEmpty else { return lines.joined(separator: "\n") }
        lines += ["", "| what | per second (min…max) | server CPU µs each |", "|---|---|---|"]
        lines += wholes.map {
            "| \($0.what) | \($0.perSecond.text()) | \($0.serverMicroseconds.text(digits: 1)) |"
        }
        return lines.joined(separator: "\n")
    }
}
