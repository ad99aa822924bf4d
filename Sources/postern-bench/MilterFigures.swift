// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import MilterClient

/// One measurement of one server.
struct MilterRun {
    let rate: Double
    let median: Double
    let percentile99: Double
    let serverMicroseconds: Double
    let clientMicroseconds: Double

    init(_ result: MilterLoadResult, serverProcessor: Double) {
        rate = result.rate
        median = Double(result.medianMicroseconds)
        percentile99 = Double(result.percentile99Microseconds)
        serverMicroseconds = serverProcessor / Double(result.messages) * 1e6
        clientMicroseconds = result.clientProcessorSeconds / Double(result.messages) * 1e6
    }
}

/// What one server did at one size.
struct MilterFigures: Encodable {
    let server: String
    let size: Int
    let messagesPerSecond: Spread
    let medianMicroseconds: Spread
    let percentile99Microseconds: Spread
    let serverProcessorMicroseconds: Spread
    let clientProcessorMicroseconds: Spread
    let rates: [Double]

    init(server: String, size: Int, runs: [MilterRun]) {
        self.server = server
        self.size = size
        rates = runs.map(\.rate)
        messagesPerSecond = Spread(rates)
        medianMicroseconds = Spread(runs.map(\.median))
        percentile99Microseconds = Spread(runs.map(\.percentile99))
        serverProcessorMicroseconds = Spread(runs.map(\.serverMicroseconds))
        clientProcessorMicroseconds = Spread(runs.map(\.clientMicroseconds))
    }
}

/// Memory while many messages go through.
struct MemoryFigures: Encodable {
    struct Sample: Encodable {
        let messages: Int
        let reloads: Int
        let megabytes: Double
        let threads: Int
        let descriptors: Int
    }

    let samples: [Sample]
}

/// The whole run.
struct MilterReport: Encodable {
    let results: [MilterFigures]
    let idleMegabytes: [String: Double]
    let bareSignatureMicroseconds: Double
    let processors: Int
    let memory: MemoryFigures?

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try encoder.encode(self)
    }

    var markdown: String {
        var lines = [
            "| body | server | messages/s (min…max) | p50 µs | p99 µs | server CPU µs/message | load CPU µs/message |",
            "|---|---|---|---|---|---|---|",
        ]
        for figures in results {
            lines.append(
                "| \(figures.size / 1024) KiB | \(figures.server) | \(figures.messagesPerSecond.text()) "
                    + "| \(figures.medianMicroseconds.text()) | \(figures.percentile99Microseconds.text()) "
                    + "| \(figures.serverProcessorMicroseconds.text()) | \(figures.clientProcessorMicroseconds.text()) |"
            )
        }
        lines += [
            "", "| body | postern ÷ opendkim, round by round | p99 postern ÷ opendkim | of what is possible |",
            "|---|---|---|---|",
        ]
        for size in Set(results.map(\.size)).sorted() { lines.append(comparison(size)) }
        lines += [
            "", "One RSA-2048 signature costs \(Spread.text(bareSignatureMicroseconds, 0)) µs here (openssl speed).",
        ]
        for (name, megabytes) in idleMegabytes.sorted(by: { $0.key < $1.key }) {
            lines.append("Idle, \(name) holds \(Spread.text(megabytes, 1)) MB.")
        }
        if let memory {
            lines += ["", "| messages | reloads | RSS MB | threads | descriptors |", "|---|---|---|---|---|"]
            lines += memory.samples.map {
                "| \($0.messages) | \($0.reloads) | \(Spread.text($0.megabytes, 1)) | \($0.threads) | \($0.descriptors) |"
            }
        }
        return lines.joined(separator: "\n")
    }

    private func figures(_ server: String, _ size: Int) -> MilterFigures? {
        results.first { $0.server == server && $0.size == size }
    }

    /// Ratios of each round, and the share of the rate that a milter could reach whose only cost is the signature: all
    /// processors busy with the load, the do-nothing milter and one signature a message.
    private func comparison(_ size: Int) -> String {
        guard let postern = figures("postern", size), let opendkim = figures("opendkim", size),
            let null = figures("null", size)
        else { return "" }
        let ratios = Spread(zip(postern.rates, opendkim.rates).map { $0 / $1 })
        let tail = postern.percentile99Microseconds.median / opendkim.percentile99Microseconds.median
        let floor = null.serverProcessorMicroseconds.median + null.clientProcessorMicroseconds.median
        let possible = Double(processors) * 1e6 / (floor + bareSignatureMicroseconds)
        let share = postern.messagesPerSecond.median / possible * 100
        return "| \(size / 1024) KiB | \(ratios.text(digits: 2)) | \(Spread.text(tail, 2)) "
            + "| \(Spread.text(share, 0)) % of \(Spread.text(possible, 0)) |"
    }
}
