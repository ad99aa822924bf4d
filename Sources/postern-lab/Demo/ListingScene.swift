// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// Microsoft lists our address: its mail is kept, one message probes, and all of it arrives once the listing has ended.
struct ListingScene {
    static let block =
        "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
        + "since part of their network is on our block list (S3150)."
    private static let provider = "microsoft-consumer"
    private static let domains = ["hotmail.com", "outlook.com", "live.com"]
    private static let messages = 20

    let stage: Stage
    let lab: Lab
    let postern: Postern

    func play() async throws {
        stage.scene("Microsoft lists our address; Bob writes to Hotmail")
        try await Postern.configure(
            in: lab,
            more: """
                [modes]
                limits = "enforce"
                listings = "enforce"
                [listings]
                queue-interval = "1s"
                step = "3s"
                accept-spacing = "1s"
                usual-rate = 120
                reopening-rate = 60
                [[provider]]
                name = "\(Self.provider)"
                probe-after = ["4s"]
                """)
        try await postern.reload()
        stage.say("Probes come after seconds here; outside the first comes after 15 minutes.")
        try lab.mx.script(Self.provider, .refusing(Self.block, at: .mailFrom))
        var sent = [try await send(0, to: "dora@hotmail.com")]
        let line = try await lab.log(contains: "dora@hotmail.com", "S3150")
        stage.check("its 550 bounced nothing: Postfix keeps the message", line.contains("status=deferred"))
        stage.say("postern explain '\(Self.block.prefix(40))…'")
        stage.show(try await postern.command("explain", Self.block).text)

        stage.scene("Bob goes on writing to Microsoft's users while it lists us")
        for number in 1...Self.messages {
            sent.append(try await send(number, to: "friend\(number)@\(Self.domains[number % Self.domains.count])"))
        }
        try await lab.log(contains: "friend\(Self.messages)@", "kept and will be retried")
        stage.check("all \(sent.count) messages were taken from him and wait in Postfix's queue", true)
        stage.say("postern listings")
        stage.show(try await listings())
        try await lab.log(contains: "postern-probe/smtp", "S3150", within: .seconds(60))
        stage.check("one message was let through as a probe, and refused: Microsoft lists us still", true)
        try await end(of: sent)
    }

    /// Plays the end of the listing, and counts.
    private func end(of sent: [String]) async throws {
        stage.scene("Microsoft has delisted us")
        let tried = attempts
        try lab.mx.script(Self.provider, [])
        let arrived = try await lab.received(by: Self.provider, count: sent.count, within: .seconds(120))
        let account = MailAccount(of: arrived)
        stage.check("the next probe was taken, and the rest was let out at a measured pace", true)
        stage.check(
            "all \(sent.count) messages arrived, each once",
            account.missing(of: sent).isEmpty && account.duplicated.isEmpty)
        stage.check(
            "while it listed us Microsoft saw \(tried) attempts instead of \(sent.count) and their retries",
            tried < sent.count / 2)
        stage.check(
            "nothing bounced", lab.mailLog.entries { $0.contains("status=bounced") && $0.contains("S3150") }.isEmpty)
        stage.say("postern listings")
        stage.show(try await postern.command("listings").text)
    }

    /// What is told of the listing, once the queue was read.
    private func listings() async throws -> String {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            let text = try await postern.command("listings").text
            if text.contains("  \(Self.messages + 1)  ") || ContinuousClock.now > deadline { return text }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// How often Microsoft was asked since the scene began.
    private var attempts: Int {
        lab.mx.attempts.entries { $0.stage == .mailFrom && $0.host.provider == Self.provider }.count
    }

    /// Submits a message of Bob's.
    /// - Returns: Its Message-ID.
    private func send(_ number: Int, to recipient: String) async throws -> String {
        let id = "<holidays\(number)@lab.example>"
        let letter = "Message-ID: \(id)\n" + Letter.text(from: "bob@lab.example", to: recipient, "holidays")
        try await lab.submit(letter, from: "bob@lab.example", to: [recipient], login: .bob)
        return id
    }
}
