// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

struct LimitCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "Find the limits that fit a site.", subcommands: [LimitsSuggest.self])
}
