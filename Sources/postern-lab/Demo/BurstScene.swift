// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// A stolen password sends a burst; it stops at its limit, and nobody else notices.
struct BurstScene {
    private static let limit = 20
    private static let burst = 40

    let stage: Stage
    let lab: Lab
    let postern: Postern

    func play() async throws {
        stage.scene("Alice's password is stolen: \(Self.burst) messages at once, each from another envelope sender")
        try await Postern.configure(
            in: lab,
            more: """
                [modes]
                limits = "enforce"
                [[limit]]
                name = "per login"
                senders = "login"
                rates = ["\(Self.limit)/10m"]
                """)
        try await postern.reload()
        stage.say("The limit of a login is \(Self.limit) recipients in any ten minutes; over it, mail is held.")
        for number in 0..<Self.burst {
            try await lab.submit(
                Letter.text(from: "alice@lab.example", to: "victim\(number)@yahoo.com", "you have won"),
                from: "prize\(number)@lab.example", to: ["victim\(number)@yahoo.com"], login: .alice)
        }
        try await lab.submit(
            Letter.text(from: "bob@lab.example", to: "carol@gmx.de", "lunch"), from: "bob@lab.example",
            to: ["carol@gmx.de"], login: .bob)
        let out = try await lab.received(by: "yahoo", count: Self.limit).count
        let held = try await lab.postqueue().count { $0.contains(#""queue_name": "hold""#) }
        let innocent = try await lab.received(by: "gmx").count
        stage.check(
            "\(out) went out, \(held) are held, none is lost", out == Self.limit && held == Self.burst - Self.limit)
        stage.check("Bob's message to Carol arrived meanwhile", innocent == 1)
    }
}
