// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let block =
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
    + "since part of their network is on our block list (S3150)."
private let throttle =
    "451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. For e-mail "
    + "delivery information, see https://postmaster.live.com (S775)"

/// Probes after seconds instead of minutes.
private let quick = """
    [modes]
    listings = "enforce"
    [listings]
    queue-interval = "1s"
    step = "2s"
    accept-spacing = "1s"
    usual-rate = 120
    reopening-rate = 120
    [[provider]]
    name = "microsoft-consumer"
    probe-after = ["2s"]

    """

/// A lab with Postern attached, listings enforced.
private func withListings(
    _ configuration: String = quick, _ body: @escaping (Lab, Postern) async throws -> Void
) async throws {
    try await Lab.with { lab in
        try await Postern.install(in: lab)
        try await Postern.configure(in: lab, more: configuration)
        let postern = try await Postern.start(in: lab)
        try await body(lab, postern)
    }
}

extension Lab {
    /// Submits one message with a Message-ID of its own, which is returned.
    fileprivate func send(_ number: Int, to recipient: String) async throws -> String {
        let id = "<n\(number)@lab.example>"
        let letter = "From: alice@lab.example\nTo: \(recipient)\nMessage-ID: \(id)\nSubject: \(number)\n\nhello\n"
        let sent = try await submit(letter, from: "alice@lab.example", to: [recipient], login: .alice)
        #expect(sent.isAccepted)
        return id
    }

    /// Waits until Postfix finds a route, or finds none any more.
    fileprivate func route(_ key: String, isThere: Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            let found = try await run(["/usr/sbin/postmap", "-q", key, Postern.routesTable])
            if found.text.isEmpty != isThere { return }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("route of \(key)", within: .seconds(10), seen: found.text)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

@Suite(.serialized) struct `A provider's listing of our address` {
    @Test(arguments: [MXStage.connect, .mailFrom, .rcptTo, .endOfData])
    func `keeps the provider's mail from its first refusal on, bounces nothing and touches nobody else's`(
        stage: MXStage
    ) async throws {
        try await withListings(
            "[modes]\nlistings = \"enforce\""
        ) { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(block, at: stage))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("outlook.com", isThere: true)
            for number in 1...5 { _ = try await lab.send(number, to: "bob\(number)@outlook.com") }
            _ = try await lab.send(6, to: "carol@gmail.com")
            try await lab.received(by: "gmail")
            try await lab.log(contains: "bob5@outlook.com", "status=deferred (Microsoft lists 192.0.2.1 (S3150)")
            // At the banner Postfix goes on to the domain's second host, within the one attempt.
            let attempt = stage == .connect ? 2 : 1
            let tried = try await lab.attempts(at: stage, of: "microsoft-consumer", count: attempt)
            #expect(tried.count == attempt)
            #expect(try await lab.postqueue().count == 6)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
        }
    }

    @Test func `ends when the provider takes its probes: all that waited arrives, each once`() async throws {
        try await withListings { lab, postern in
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .mailFrom))
            var sent = [try await lab.send(0, to: "bob@hotmail.com")]
            try await lab.route("outlook.com", isThere: true)
            for number in 1...20 {
                let domain = ["hotmail.com", "outlook.com", "live.com"][number % 3]
                sent.append(try await lab.send(number, to: "bob\(number)@\(domain)"))
            }
            // The first probe is refused: the provider lists us still.
            try await lab.log(contains: "postern-probe/smtp", "S3150", within: .seconds(60))
            try lab.mx.script("microsoft-consumer", [])
            let arrived = try await lab.received(by: "microsoft-consumer", count: 21, within: .seconds(100))
            let account = MailAccount(of: arrived)
            #expect(account.duplicated.isEmpty)
            #expect(account.missing(of: sent).isEmpty)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
            try await lab.route("outlook.com", isThere: false)
        }
    }
}
