// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

struct DKIMCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dkim", abstract: "Make, show, rotate and verify DKIM keys and signatures.",
        subcommands: [DKIMNew.self, DKIMList.self, DKIMShow.self, DKIMVerify.self, DKIMRotate.self])
}
