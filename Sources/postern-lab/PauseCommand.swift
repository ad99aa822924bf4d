// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternLab

/// `postern-lab pause`: how long after the line of a refusal in Postfix's log the provider's mail waits.
struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Measure how long after a refusal was logged Postfix finds the pause.",
        discussion: """
            Each round is a lab of its own: a message to Hotmail is refused with S3150, and postmap(1) asks for the route over \
            and over. The time of one postmap(1) is part of the figure.
            """)

    @Option(help: "How often.")
    var rounds = 10

    func validate() throws {
        guard (1...1000).contains(rounds) else { throw ValidationError("--rounds is a number from 1 to 1000.") }
    }

    func run() async throws {
        var times: [Duration] = []
        for _ in 0..<rounds { times.append(try await Lab.with { try await Self.measure($0) }) }
        times.sort()
        func text(_ time: Duration) -> String {
            let (seconds, attoseconds) = time.components
            return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000) ms"
        }
        print("| rounds | median | longest |\n|---|---|---|")
        print("| \(rounds) | \(text(times[rounds / 2])) | \(text(times[rounds - 1])) |")
    }

    private static func measure(_ lab: Lab) async throws -> Duration {
        try await Postern.install(in: lab)
        try await Postern.configure(in: lab, more: "[modes]\nlistings = \"enforce\"")
        _ = try await Postern.start(in: lab)
        try lab.mx.script("microsoft-consumer", .refusing(ListingScene.block, at: .mailFrom))
        try await lab.submit(
            Letter.text(from: "bob@lab.example", to: "dora@hotmail.com", "holidays"), from: "bob@lab.example",
            to: ["dora@hotmail.com"], login: .bob)
        try await lab.log(contains: "dora@hotmail.com", "S3150")
        let logged = ContinuousClock.now
        while ContinuousClock.now < logged + .seconds(10) {
            let asked = try await lab.run(["/usr/sbin/postmap", "-q", "outlook.com", Postern.routesTable])
            if !asked.text.isEmpty { return ContinuousClock.now - logged }
        }
        throw LabFailure.late("route of outlook.com", within: .seconds(10), seen: "")
    }
}
