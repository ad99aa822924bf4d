// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// A stolen password and a broken contact form send bursts; each stops at its limit, and nobody else notices.
struct BurstScene {
    private static let loginLimit = 20
    private static let stolen = 40
    private static let webLimit = 10
    private static let spam = 25
    private static let victims = "yahoo"
    /// What Alice and the web site sent in the scenes before: it counts too.
    private static let sentBefore = 3

    let stage: Stage
    let lab: Lab
    let postern: Postern

    func play() async throws {
        stage.scene("Alice's password is stolen, and a contact form is abused, while Bob goes on writing")
        try await Postern.configure(
            in: lab,
            more: """
                [modes]
                limits = "enforce"
                [[limit]]
                senders = "login"
                rates = ["\(Self.loginLimit)/10m"]
                [[limit]]
                senders = "web"
                rates = ["\(Self.webLimit)/10m"]
                """)
        try await postern.reload()
        stage.say(
            "In any ten minutes a login may write to \(Self.loginLimit) recipients, a web site to \(Self.webLimit); "
                + "what is over that is held.")
        var delays = [try await delayOfInnocent(1)]
        stage.say("The thief sends \(Self.stolen) messages, each from another envelope sender.")
        for number in 0..<Self.stolen {
            let victim = "victim\(number)@yahoo.com"
            try await lab.submit(
                Letter.text(from: "alice@lab.example", to: victim, "you have won"), from: "prize\(number)@lab.example",
                to: [victim], login: .alice)
            if number == Self.stolen / 2 { delays.append(try await delayOfInnocent(2)) }
        }
        stage.say("The form sends \(Self.spam) by sendmail(1), as the user www-data.")
        for number in 0..<Self.spam {
            let victim = "reader\(number)@yahoo.com"
            try await lab.sendmail(
                as: "www-data", arguments: ["-f", "form\(number)@lab.example", victim],
                Letter.text(from: "shop@lab.example", to: victim, "cheap pills"))
            if number == Self.spam / 2 { delays.append(try await delayOfInnocent(3)) }
        }
        delays.append(try await delayOfInnocent(4))
        try await tell(delays)
    }

    /// Submits a message of Bob's, and tells how long it took to arrive, in milliseconds.
    private func delayOfInnocent(_ number: Int) async throws -> Int64 {
        let began = ContinuousClock.now
        try await lab.submit(
            Letter.text(from: "bob@lab.example", to: "carol@gmx.de", "lunch \(number)"), from: "bob@lab.example",
            to: ["carol@gmx.de"], login: .bob)
        let arrived = try await lab.received(by: "gmx", count: number).map(\.time).max() ?? .now
        let (seconds, attoseconds) = began.duration(to: arrived).components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    private func tell(_ delays: [Int64]) async throws {
        let wanted = Self.loginLimit + Self.webLimit - Self.sentBefore
        let out = try await lab.received(by: Self.victims, count: wanted).count
        let held = try await lab.postqueue().count { $0.contains(#""queue_name": "hold""#) }
        stage.check(
            "of \(Self.stolen + Self.spam) messages \(out) went out, \(held) are held, none is lost",
            out == wanted && held == Self.stolen + Self.spam - wanted)
        stage.check(
            "Bob's \(delays.count) messages arrived, the slowest after \(delays.max() ?? 0) ms",
            delays.allSatisfy { $0 < 5000 })
        stage.say("postern senders --by held")
        stage.show(try await senders())
    }

    /// The ranking, once the ledger has it: it is written within a second.
    private func senders() async throws -> String {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            let text = try await postern.command("senders", "--by", "held").text
            guard !text.contains("uid:33") || !text.contains("login:alice"), ContinuousClock.now < deadline else {
                return text
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
