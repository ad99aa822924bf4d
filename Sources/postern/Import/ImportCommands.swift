// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

struct ImportCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take over what another program knows.",
        subcommands: [ImportOpenDKIM.self, ImportSNDS.self, ImportARF.self])
}
