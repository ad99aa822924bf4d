// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import MilterClient

/// Signing through the milter: Postern, OpenDKIM and a libmilter server that does nothing, in turn.
struct MilterBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "milter", abstract: "Messages a second through the milter, signed with one RSA-2048 key.")

    @Option(help: "The postern executable.") var postern: String
    @Option(help: "The do-nothing milter.") var null: String
    @Option(help: "OpenDKIM.") var opendkim = "/usr/sbin/opendkim"
    @Option(help: "Rounds; each measures every server at every size once.") var rounds = 5
    @Option(help: "Connections at a time.") var connections = 8
    @Option(help: "Seconds that one measurement takes, roughly.") var seconds = 2.0
    @Option(help: "Where to write the figures as JSON.") var json: String?
    @Option(help: "Messages of the memory run; 0 leaves it out.") var soak = 100_000

    private static let sizes = [2048, 50 * 1024, 1024 * 1024]

    func run() throws {
        let scratch = try Scratch(postern: postern)
        defer { scratch.remove() }
        let servers = try [
            Server(
                name: "postern", socket: scratch.path("postern"),
                [postern, "serve", "-c", scratch.path("postern.toml")]),
            Server(
                name: "opendkim", socket: scratch.path("opendkim"),
                [opendkim, "-f", "-x", scratch.path("opendkim.conf")]),
            Server(name: "null", socket: scratch.path("null"), [null, "unix:" + scratch.path("null")]),
        ]
        defer { for server in servers { server.stop() } }
        let idle = servers.map(\.residentMegabytes)
        let signature = try Self.bareSignatureMicroseconds()
        var results: [MilterFigures] = []
        for size in Self.sizes {
            var runs = [[MilterRun]](repeating: [], count: servers.count)
            let counts = try servers.map { try count(for: $0, size: size) }
            for round in 1...rounds {
                for (index, server) in servers.enumerated() {
                    progress("\(size) bytes, round \(round) of \(rounds): \(server.name)")
                    runs[index].append(try measure(server, size: size, messages: counts[index]))
                }
            }
            results += zip(servers, runs).map { MilterFigures(server: $0.name, size: size, runs: $1) }
        }
        progress("")
        let memory = soak > 0 ? try self.memory(of: servers[0]) : nil
        let report = MilterReport(
            results: results, idleMegabytes: Dictionary(uniqueKeysWithValues: zip(servers.map(\.name), idle)),
            bareSignatureMicroseconds: signature, processors: ProcessInfo.processInfo.activeProcessorCount,
            memory: memory)
        print(report.markdown)
        if let json { try report.encoded().write(to: URL(fileURLWithPath: json)) }
    }

    private func load(_ server: Server, size: Int, messages: Int) -> MilterLoad {
        MilterLoad(endpoint: .unix(path: server.socket), connections: connections, messages: messages, bodySize: size)
    }

    /// How many messages take about the wished time; found by a small run that also warms up.
    private func count(for server: Server, size: Int) throws -> Int {
        let probe = try load(server, size: size, messages: 300).run()
        return max(200, Int(probe.rate * seconds))
    }

    private func measure(_ server: Server, size: Int, messages: Int) throws -> MilterRun {
        let before = server.processorSeconds
        let result = try load(server, size: size, messages: messages).run()
        guard result.refused == 0, result.modifications >= messages else {
            throw BenchFailure(description: "\(server.name): \(result.json): not every message was signed")
        }
        return MilterRun(result, serverProcessor: server.processorSeconds - before)
    }

    /// Memory, threads and descriptors before and after many messages and a hundred reloads.
    private func memory(of server: Server) throws -> MemoryFigures {
        var samples: [MemoryFigures.Sample] = []
        for part in 0...10 {
            if part > 0 {
                progress("memory: \(part * soak / 10) messages and \(part * 10) reloads")
                for _ in 0..<10 {
                    server.signal(SIGHUP)
                    _ = try load(server, size: 2048, messages: soak / 100).run()
                }
            }
            samples.append(
                .init(
                    messages: part * soak / 10, reloads: part * 10, megabytes: server.residentMegabytes,
                    threads: server.threads, descriptors: server.descriptors))
        }
        progress("")
        return MemoryFigures(samples: samples)
    }

    /// What one RSA-2048 signature costs on this machine, as OpenSSL itself measures it.
    private static func bareSignatureMicroseconds() throws -> Double {
        progress("openssl speed rsa2048")
        let pipe = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = ["speed", "-seconds", "2", "-mr", "rsa2048"]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // +F2:2:2048:signatures a second:verifications a second
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("+F2:") }),
            let rate = line.split(separator: ":").dropFirst(3).first.flatMap({ Double($0) }), rate > 0
        else { throw BenchFailure(description: "openssl speed said: \(text)") }
        return 1e6 / rate
    }
}

/// A line that replaces the last one, on a terminal's standard error.
func progress(_ text: String) {
    let line = isatty(STDERR_FILENO) == 1 ? "\r\u{1B}[K\(text)" : (text.isEmpty ? "" : text + "\n")
    FileHandle.standardError.write(Data(line.utf8))
}
