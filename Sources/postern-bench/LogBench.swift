// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation

/// Reading a mail log: grammar and whole pipeline beside grep and pflogsumm on the same file, in turn.
struct LogBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Lines a second of the mail log, and memory as it grows.")

    @Option(help: "The directory of the reply rules.") var rules: String
    @Option(help: "Rounds; each measures every program once.") var rounds = 5
    @Option(help: "Lines of the file that all read.") var lines = 1_000_000
    @Option(help: "Lines of the longest file; memory is told at a hundredth, a tenth and all of it.") var longest =
        10_000_000
    @Option(help: "A log of your own instead of the made one.") var log: String?
    @Option(help: "Where to write the figures as JSON.") var json: String?

    struct Row: Encodable {
        let program: String
        let linesPerSecond: Spread
    }

    struct Growth: Encodable {
        let lines: Int
        let peakMegabytes: Double
    }

    func run() throws {
        let directory = NSTemporaryDirectory() + "postern-bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let file: String
        if let log {
            file = log
        } else {
            file = directory + "/mail.log"
            progress("making \(lines) lines")
            try LogSample.write(lines: lines, to: file)
        }
        let rows = try speeds(file)
        let growth = try memory(directory)
        progress("")
        print(Self.markdown(rows, growth))
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(rows).write(to: URL(fileURLWithPath: json))
        }
    }

    private func speeds(_ file: String) throws -> [Row] {
        let count = try own(.lines, file).lines
        var rates: [String: [Double]] = [:]
        for round in 1...rounds {
            progress("round \(round) of \(rounds)")
            for stage in LogStage.allCases {
                rates[stage.rawValue, default: []].append(Double(count) / (try own(stage, file).processorSeconds))
            }
            rates["grep -c", default: []].append(
                Double(count) / (try processorSeconds(["/usr/bin/grep", "-c", "status=", file])))
            rates["pflogsumm", default: []].append(
                Double(count) / (try processorSeconds(["/usr/sbin/pflogsumm", file])))
        }
        return (LogStage.allCases.map(\.rawValue) + ["grep -c", "pflogsumm"]).map {
            Row(program: $0, linesPerSecond: Spread(rates[$0] ?? []))
        }
    }

    private func memory(_ directory: String) throws -> [Growth] {
        try [100, 10, 1].map { share in
            let file = directory + "/growth.log"
            progress("memory: \(longest / share) lines")
            try LogSample.write(lines: longest / share, to: file)
            defer { try? FileManager.default.removeItem(atPath: file) }
            let outcome = try own(.pipeline, file)
            return Growth(lines: outcome.lines, peakMegabytes: outcome.peakMegabytes)
        }
    }

    private func own(_ stage: LogStage, _ file: String) throws -> LogRun.Outcome {
        let output = try run(["/proc/self/exe", "log-run", stage.rawValue, file, "--rules", rules])
        return try JSONDecoder().decode(LogRun.Outcome.self, from: output)
    }

    /// The processor time of a program, user and system.
    private func processorSeconds(_ arguments: [String]) throws -> Double {
        var before = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &before)
        _ = try run(arguments)
        var after = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &after)
        func seconds(_ usage: rusage) -> Double {
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        }
        return seconds(after) - seconds(before)
    }

    private func run(_ arguments: [String]) throws -> Data {
        let process = Process()
        let output = Pipe()
        let program = arguments[0] == "/proc/self/exe" ? Bundle.main.executablePath ?? arguments[0] : arguments[0]
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(arguments.dropFirst())
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchFailure(
                description: "\(arguments.joined(separator: " ")) ended with \(process.terminationStatus)")
        }
        return data
    }

    private static func markdown(_ rows: [Row], _ growth: [Growth]) -> String {
        let slowest = rows.last?.linesPerSecond.median ?? 0
        var lines = ["| program | lines per second of processor time (min…max) | ÷ pflogsumm |", "|---|---|---|"]
        lines += rows.map {
            "| \($0.program) | \($0.linesPerSecond.text()) | \(Spread.text($0.linesPerSecond.median / max(slowest, 1), 1)) |"
        }
        lines += ["", "| lines read by the pipeline | peak memory MB |", "|---|---|"]
        lines += growth.map { "| \($0.lines) | \(Spread.text($0.peakMegabytes, 1)) |" }
        return lines.joined(separator: "\n")
    }
}
