// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// Measures Postern beside its peers; `packaging/bench` builds and runs it.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postern-bench", abstract: "Measures Postern beside its peers, in one interleaved run.",
        subcommands: [
            MilterBench.self, PolicyBench.self, LimiterBench.self, LimiterRun.self, LogBench.self,
            LogRun.self, ScrapeBench.self,
        ])
}
