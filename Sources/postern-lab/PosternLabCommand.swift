// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `postern-lab`: a private Postfix with a little internet, by hand.
@main
struct PosternLabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postern-lab",
        abstract: "Run Debian's Postfix in a private world with scripted mail exchangers.",
        subcommands: [
            DemoCommand.self, RunCommand.self, RoutesCommand.self, PauseCommand.self, IncidentCommand.self,
            ThroughputCommand.self, SoakCommand.self,
        ])
}
