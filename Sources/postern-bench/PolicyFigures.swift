// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// One measurement of one policy service.
struct PolicyRun {
    let rate: Double
    let median: Double
    let percentile99: Double
    let serverMicroseconds: Double

    init(_ result: PolicyLoad.Result, serverMicroseconds: Double) {
        rate = result.rate
        median = result.median
        percentile99 = result.percentile99
        self.serverMicroseconds = serverMicroseconds
    }
}

/// What one policy service did with so many connections.
struct PolicyFigures: Encodable {
    let server: String
    let connections: Int
    let requestsPerSecond: Spread
    let medianMicroseconds: Spread
    let percentile99Microseconds: Spread
    let serverProcessorMicroseconds: Spread
    let rates: [Double]

    init(server: String, connections: Int, runs: [PolicyRun]) {
        self.server = server
        self.connections = connections
        rates = runs.map(\.rate)
        requestsPerSecond = Spread(rates)
        medianMicroseconds = Spread(runs.map(\.median))
        percentile99Microseconds = Spread(runs.map(\.percentile99))
        serverProcessorMicroseconds = Spread(runs.map(\.serverMicroseconds))
    }
}

/// The whole run.
struct PolicyReport: Encodable {
    let results: [PolicyFigures]
    let megabytes: [String: Double]

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try encoder.encode(self)
    }

    var markdown: String {
        var lines = [
            "| connections | server | requests/s (min…max) | p50 µs | p99 µs | server CPU µs/request |",
            "|---|---|---|---|---|---|",
        ]
        lines += results.map { figures in
            "| \(figures.connections) | \(figures.server) | \(figures.requestsPerSecond.text()) "
                + "| \(figures.medianMicroseconds.text()) | \(figures.percentile99Microseconds.text()) "
                + "| \(figures.serverProcessorMicroseconds.text(digits: 1)) |"
        }
        lines += ["", "| connections | postern ÷ | round by round |", "|---|---|---|"]
        for figures in results where figures.server != "postern" {
            guard let own = results.first(where: { $0.server == "postern" && $0.connections == figures.connections })
            else { continue }
            let ratios = Spread(zip(own.rates, figures.rates).map { $0 / $1 })
            lines.append("| \(figures.connections) | \(figures.server) | \(ratios.text(digits: 2)) |")
        }
        lines.append("")
        lines += megabytes.sorted { $0.key < $1.key }.map {
            "After the run, \($0.key) holds \(Spread.text($0.value, 1)) MB."
        }
        return lines.joined(separator: "\n")
    }
}
