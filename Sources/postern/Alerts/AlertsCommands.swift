// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

struct AlertsCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Whether alerts reach you, and which were sent.",
        subcommands: [AlertsTest.self, AlertsShow.self])
}
