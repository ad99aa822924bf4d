// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternLab

/// Plays the whole story in a private world, scene by scene; `packaging/demo` builds and runs it.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Show what Postern does, beside a real Postfix in a private network.")

    @Flag(help: "Go on after the story, with the status page open to this host's browsers.") var page = false
    @Option(help: "The port of 127.0.0.1 where the page is shown.") var port = 8025

    func validate() throws {
        guard (1...65535).contains(port) else { throw ValidationError("--port is a number from 1 to 65535.") }
    }

    func run() async throws {
        let stage = Stage()
        try await Lab.with { lab in
            let postern = try await SigningScene(stage: stage, lab: lab).play()
            try await BurstScene(stage: stage, lab: lab, postern: postern).play()
            try await ListingScene(stage: stage, lab: lab, postern: postern).play()
            stage.scene("The tally: postern status")
            stage.show(try await postern.command("status").text)
            if page { try await show(lab, on: stage) }
        }
        stage.curtain()
    }

    /// Keeps the lab until Enter is pressed.
    private func show(_ lab: Lab, on stage: Stage) async throws {
        try await lab.openDoor(to: "/run/postern/status.sock", atPort: port)
        stage.scene("The page")
        stage.say("Open http://localhost:\(port)/ in a browser of this host, or from elsewhere by")
        stage.say("ssh -L \(port):localhost:\(port) THIS-HOST. Press Enter to end.")
        _ = readLine()
    }
}
