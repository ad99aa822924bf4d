// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import MilterClient

/// What it costs the messages that somebody asks for metrics and status each second.
struct ScrapeBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scrape", abstract: "Messages a second while metrics and status are asked for each second.")

    @Option(help: "The postern executable.") var postern: String
    @Option(help: "Rounds; each measures without and with it.") var rounds = 5
    @Option(help: "Connections at a time.") var connections = 8
    @Option(help: "Seconds that one measurement takes, roughly.") var seconds = 5.0
    @Option(help: "Where to write the figures as JSON.") var json: String?

    private struct Figures: Encodable {
        var plain: Spread
        var scraped: Spread
        var ratio: Spread
    }

    func run() throws {
        let scratch = try Scratch(postern: postern)
        defer { scratch.remove() }
        let server = try Server(
            name: "postern", socket: scratch.path("postern"), [postern, "serve", "-c", scratch.path("postern.toml")])
        defer { server.stop() }
        let messages = max(200, Int(try rate(of: server, messages: 1000) * seconds))
        var (plain, scraped): ([Double], [Double]) = ([], [])
        for round in 1...rounds {
            progress("round \(round) of \(rounds)")
            // In turn which of them is first, so that a machine that grows warm is fair to both.
            for asks in round.isMultiple(of: 2) ? [true, false] : [false, true] {
                let scraper = asks ? try scrape(scratch.path("status")) : nil
                defer { scraper?.terminate() }
                let rate = try rate(of: server, messages: messages)
                if asks { scraped.append(rate) } else { plain.append(rate) }
            }
        }
        progress("")
        let figures = Figures(
            plain: Spread(plain), scraped: Spread(scraped), ratio: Spread(zip(scraped, plain).map { $0 / $1 }))
        print("| messages/s | asked each second | ratio, round by round |")
        print("|---|---|---|")
        print("| \(figures.plain.text()) | \(figures.scraped.text()) | \(figures.ratio.text(digits: 3)) |")
        if let json { try JSONEncoder().encode(figures).write(to: URL(fileURLWithPath: json)) }
    }

    private func rate(of server: Server, messages: Int) throws -> Double {
        try MilterLoad(
            endpoint: .unix(path: server.socket), connections: connections, messages: messages, bodySize: 2048
        ).run().rate
    }

    /// Asks for both each second until it is ended.
    private func scrape(_ socket: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c",
            """
            while curl -sf --unix-socket "$0" http://postern/metrics http://postern/v1/status >/dev/null; do
                sleep 1
            done
            """, socket,
        ]
        try process.run()
        return process
    }
}
