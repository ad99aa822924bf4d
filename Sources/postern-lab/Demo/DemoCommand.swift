// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternLab

/// Plays the whole story in a private world, scene by scene; `packaging/demo` builds and runs it.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Show what Postern does, beside a real Postfix in a private network.")

    func run() async throws {
        let stage = Stage()
        try await Lab.with { lab in
            let postern = try await SigningScene(stage: stage, lab: lab).play()
            try await BurstScene(stage: stage, lab: lab, postern: postern).play()
            try await ListingScene(stage: stage, lab: lab, postern: postern).play()
            stage.scene("The tally: postern status")
            stage.show(try await postern.command("status").text)
        }
        stage.curtain()
    }
}
