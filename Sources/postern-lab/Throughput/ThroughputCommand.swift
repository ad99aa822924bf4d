// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import PosternLab

/// `postern-lab throughput`: messages a second through a whole Postfix, bare, with Postern, and with the two programs that
/// do a part of what it does.
struct ThroughputCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "throughput",
        abstract: "Measure messages a second through a whole Postfix: bare, with Postern, and with its peers.",
        discussion: """
            Each Postfix is a lab of its own; all three stay up and are measured in turn, round by round. smtp-source(1) \
            submits over ten connections, smtp-sink(1) takes what is delivered; the time ends with the last delivery. \
            Postern signs with RSA-2048, limits, reads the log and looks up routes; the peers are OpenDKIM and \
            policyd-rate-limit.
            """)

    @Option(help: "How often each is measured.") var rounds = 5
    @Option(help: "Messages of one measurement.") var messages = 2000
    @Option(help: "Bytes of a message.") var size = 4096
    @Option(help: "Where to write the figures as JSON.") var json: String?

    func validate() throws {
        guard (1...100).contains(rounds) else { throw ValidationError("--rounds is a number from 1 to 100.") }
        guard (10...100_000).contains(messages) else {
            throw ValidationError("--messages is a number from 10 to 100000.")
        }
        guard (100...10_000_000).contains(size) else {
            throw ValidationError("--size is a number from 100 to 10000000.")
        }
    }

    func run() async throws {
        var rates = [[Double]](repeating: [], count: ThroughputSubject.allCases.count)
        try await Lab.with(ThroughputSubject.bare.configuration) { bare in
            try await Lab.with(ThroughputSubject.postern.configuration) { guarded in
                try await Lab.with(ThroughputSubject.peers.configuration) { peers in
                    let labs = [bare, guarded, peers]
                    for (subject, lab) in zip(ThroughputSubject.allCases, labs) { try await subject.prepare(lab) }
                    // What is read or made at the first message is no part of the figure.
                    for lab in labs { _ = try await ThroughputRun(lab: lab, messages: 100, size: size).rate() }
                    for round in 1...rounds {
                        for (index, subject) in ThroughputSubject.allCases.enumerated() {
                            progress("round \(round) of \(rounds): \(subject.rawValue)")
                            rates[index].append(
                                try await ThroughputRun(lab: labs[index], messages: messages, size: size).rate())
                        }
                    }
                }
            }
        }
        print(Self.markdown(rates))
        if let json { try JSONEncoder().encode(rates).write(to: URL(filePath: json)) }
    }

    private static func markdown(_ rates: [[Double]]) -> String {
        var lines = ["| Postfix | messages/s (min…max) | of bare, round by round |", "|---|---|---|"]
        for (subject, own) in zip(ThroughputSubject.allCases, rates) {
            lines.append(
                "| \(subject.title) | \(text(own, "%.0f")) | \(text(zip(own, rates[0]).map { $0 / $1 }, "%.2f")) |")
        }
        let ratios = zip(rates[1], rates[2]).map { $0 / $1 }
        return lines.joined(separator: "\n") + "\n\nPostern ÷ peers, round by round: \(text(ratios, "%.2f"))"
    }

    /// The median, and how far the values lie apart.
    private static func text(_ values: [Double], _ format: String) -> String {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return "—" }
        let median = (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
        let parts = [median, first, last].map { String(format: format, $0) }
        return "\(parts[0]) (\(parts[1])…\(parts[2]))"
    }

    private func progress(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
