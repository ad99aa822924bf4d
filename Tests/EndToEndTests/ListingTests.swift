// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternLab
import SeededRandom
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

    /// Starts the helper that alone is root, which has qmgr(8) begin anew.
    fileprivate func startQueueHelper() async throws {
        let helper = try await start(
            [
                try Executables.path(of: "postern"), "queue-helper", "--socket", "/run/postern-queue-helper.sock",
            ], environment: ["SWIFT_BACKTRACE": "enable=no"])
        try await helper.says { $0.contains("queue-helper: listening") }
    }

    private struct Details: Decodable {
        struct Step: Decodable {
            var from: String?
            var to: String
        }
        var history: [Step]
    }

    private struct Replayed: Decodable {
        struct Step: Decodable {
            var from: String?
            var to: String?
            var why: String
        }
        var steps: [Step]
    }

    /// The steps of a provider's listing as the ledger has them.
    fileprivate func story(of provider: String) async throws -> [String] {
        let text = try await run([
            "/usr/bin/curl", "-s", "--unix-socket", "/run/postern/status.sock",
            "http://postern/v1/listings/\(provider)",
        ]).text
        return try JSONDecoder().decode(Details.self, from: Data(text.utf8)).history.reversed().map {
            "\($0.from ?? "probe") \($0.to)"
        }
    }

    /// The same, once it has come so far.
    fileprivate func story(of provider: String, until step: String) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            let story = try await story(of: provider)
            if story.last == step { return story }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("such a story", within: .seconds(30), seen: story.joined(separator: "\n"))
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// The same, told from the mail log alone.
    fileprivate func replayedStory() async throws -> [String] {
        let text = try await run([
            try Executables.path(of: "postern"), "replay", "--json", "--config", "/etc/postern/postern.toml",
            "/var/log/mail.log",
        ]).text
        return try JSONDecoder().decode(Replayed.self, from: Data(text.utf8)).steps.map {
            "\($0.from ?? "probe") \($0.to ?? $0.why)"
        }
    }

    /// Waits until Postfix finds a route, or finds none any more.
    fileprivate func route(_ key: String, isThere: Bool, within limit: Duration = .seconds(10)) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            let found = try await run(["/usr/sbin/postmap", "-q", key, Postern.routesTable])
            if found.text.isEmpty != isThere { return }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("route of \(key)", within: limit, seen: found.text)
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
            // Whoever reads the log later is told the same story.
            let story = try await lab.story(of: "microsoft-consumer", until: "reopening clear")
            // The log's own time ends with its last line.
            _ = try await lab.send(99, to: "carol@gmail.com")
            try await lab.log(contains: "carol@gmail.com", "status=sent")
            let replayed = try await lab.replayedStory()
            #expect(replayed == story)
        }
    }

    @Test func `leaves untried what Postfix held in its hands when the pause opened`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, _ in
            try await lab.startQueueHelper()
            // Slow to refuse, so that all of the mail is active when the first refusal is heard.
            try lab.mx.script(
                "microsoft-consumer", [MXRule(at: .mailFrom, .reply(block), delay: .seconds(4))])
            for number in 0..<100 { _ = try await lab.send(number, to: "bob\(number)@hotmail.com") }
            try await lab.route("hotmail.com", isThere: true)
            for number in [0, 50, 99] {
                try await lab.log(
                    contains: "bob\(number)@hotmail.com", "status=deferred", within: .seconds(60))
            }
            let tried = lab.mx.attempts.entries { $0.stage == .mailFrom }
            #expect(tried.count <= 20, "\(tried.count) of 100")
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
        }
    }

    @Test func `is not run into by whatever makes Postfix try its queue`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            for number in 1...3 { _ = try await lab.send(number, to: "bob\(number)@hotmail.com") }
            let rotation = "cp /var/log/mail.log /var/log/mail.log.1; : > /var/log/mail.log"
            for command in [
                ["postqueue", "-f"], ["postfix", "reload"], ["postsuper", "-r", "ALL"], ["sh", "-c", rotation],
            ] {
                let position = lab.mailLog.position
                #expect(try await lab.run(command).isSuccess)
                try await lab.flush()
                try await lab.log(contains: "kept and will be retried", from: position, within: .seconds(30))
            }
            let tried = lab.mx.attempts.entries { $0.stage == .rcptTo }
            #expect(tried.count == 1)
            #expect(try await lab.postqueue().count == 4)
        }
    }

    @Test func `outlives a daemon that is killed, and ends as it would have`() async throws {
        try await withListings { lab, postern in
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .rcptTo))
            var sent = [try await lab.send(0, to: "bob@hotmail.com")]
            try await lab.route("hotmail.com", isThere: true)
            postern.program.signal(9)
            _ = try await postern.program.wait()
            // Without the daemon Postfix goes by the routes that it finds.
            sent.append(try await lab.send(1, to: "eve@hotmail.com"))
            sent.append(try await lab.send(2, to: "fay@outlook.com"))
            sent.append(try await lab.send(3, to: "gus@live.com"))
            try await lab.log(contains: "gus@live.com", "kept and will be retried")
            let tried = lab.mx.attempts.entries { $0.stage == .rcptTo }
            #expect(tried.count == 1)
            try lab.mx.script("microsoft-consumer", [])
            _ = try await Postern.start(in: lab)
            let arrived = try await lab.received(by: "microsoft-consumer", count: 4, within: .seconds(100))
            let account = MailAccount(of: arrived)
            #expect(account.duplicated.isEmpty)
            #expect(account.missing(of: sent).isEmpty)
        }
    }

    @Test func `ends with its lease where the daemon never comes back, and then bounces nothing either`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"\n[listings]\nlease = \"10s\"") { lab, postern in
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            postern.program.signal(9)
            _ = try await postern.program.wait()
            try await lab.route("hotmail.com", isThere: false, within: .seconds(30))
            let position = lab.mailLog.position
            _ = try await lab.send(1, to: "eve@hotmail.com")
            try await lab.log(contains: "eve@hotmail.com", "S3150", "status=deferred", from: position)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
            #expect(try await lab.postqueue().count == 2)
        }
    }

    @Test func `goes on over a reboot of Postfix and daemon: nothing is tried meanwhile`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, postern in
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            for number in 1...3 { _ = try await lab.send(number, to: "bob\(number)@hotmail.com") }
            try await lab.log(contains: "bob3@hotmail.com", "kept and will be retried")
            postern.program.signal(9)
            _ = try await postern.program.wait()
            #expect(try await lab.run(["postfix", "stop"]).isSuccess)
            let position = lab.mailLog.position
            // Postfix is up first, as it is on most hosts, and looks at its whole queue.
            #expect(try await lab.run(["postfix", "start"], within: .seconds(60)).isSuccess)
            try await lab.flush()
            try await lab.log(contains: "bob3@hotmail.com", "kept and will be retried", from: position)
            _ = try await Postern.start(in: lab)
            try await lab.route("outlook.com", isThere: true)
            #expect(lab.mx.attempts.entries { $0.stage == .rcptTo }.count == 1)
            #expect(try await lab.postqueue().count == 4)
        }
    }

    @Test func `that ends under a condition is settled under: all arrives, and nothing bounces`() async throws {
        try await withListings { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .mailFrom))
            var sent: [String] = []
            for number in 0..<40 {
                sent.append(try await lab.send(number, to: "bob\(number)@\(["hotmail.com", "live.com"][number % 2])"))
            }
            try await lab.route("hotmail.com", isThere: true)
            // "Conditionally mitigated": ten messages in ten seconds are taken, the next is refused for our address.
            try lab.mx.script(
                "microsoft-consumer", [MXRule(at: .mailFrom, .reply(throttle), after: 10, within: .seconds(10))])
            let arrived = try await lab.received(by: "microsoft-consumer", count: 40, within: .seconds(180))
            let account = MailAccount(of: arrived)
            #expect(account.duplicated.isEmpty)
            #expect(account.missing(of: sent).isEmpty)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
        }
    }

    @Test func `keeps mail of a named sender no longer than the site wants: it goes back with the reason`() async throws
    {
        let waits = "\n[[maximum-wait]]\nmail = \"otp@lab.example\"\nafter = \"10s\"\n"
        try await withListings("[modes]\nlistings = \"enforce\"\n[listings]\nqueue-interval = \"1s\"" + waits) {
            lab, _ in
            try await lab.startQueueHelper()
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            let code = try await lab.submit(
                "From: alice@lab.example\nTo: eve@hotmail.com\nSubject: your code\n\n4711\n", from: "otp@lab.example",
                to: ["eve@hotmail.com"], login: .alice)
            #expect(code.isAccepted)
            try await lab.log(contains: "eve@hotmail.com", "kept and will be retried")
            let id = try #require(code.queueID)
            try await lab.log(
                contains: "\(id): from=<otp@lab.example>, status=force-expired, returned to sender",
                within: .seconds(60))
            try await lab.log(contains: "\(id): removed")
            let waiting = try await lab.postqueue()
            #expect(waiting.contains { $0.contains("bob@hotmail.com") })
            #expect(!waiting.contains { $0.contains("eve@hotmail.com") })
            #expect(lab.mx.attempts.entries { $0.stage == .rcptTo }.count == 1)
        }
    }

    @Test func `can send its mail another way, as much of it as the site wants a day`() async throws {
        let way = """
            [modes]
            listings = "enforce"
            [[provider]]
            name = "microsoft-consumer"
            while-listed = "relay:[gmail-smtp-in.l.google.com]:25"
            relay-daily = 2

            """
        try await withListings(way) { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("outlook.com", isThere: true)
            for number in 1...2 {
                _ = try await lab.send(number, to: "bob\(number)@outlook.com")
                try await lab.received(by: "gmail", count: number)
            }
            try await lab.route("live.com", isThere: true)
            let deadline = ContinuousClock.now + .seconds(20)
            var asked = ""
            while !asked.hasPrefix("retry:"), ContinuousClock.now < deadline {
                asked = try await lab.run(["/usr/sbin/postmap", "-q", "live.com", Postern.routesTable]).text
            }
            _ = try await lab.send(3, to: "bob3@live.com")
            try await lab.log(contains: "bob3@live.com", "kept and will be retried")
            let taken = try await lab.received(by: "gmail", count: 2)
            #expect(taken.count == 2)
            #expect(
                lab.mx.attempts.entries { $0.stage == .rcptTo && $0.host.provider == "microsoft-consumer" }.count == 1)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
        }
    }

    @Test func `touches no domain that the site has its own way for, and none of its own`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[modes]\nlistings = \"enforce\"")
            for domain in ["virtual.example", "branch.example"] {
                try await lab.addRecord("\(domain). 60 IN MX 0 hotmail-com.olc.protection.outlook.com.")
            }
            // The site's own table stands behind ours, as setup wires it; hotmail.com goes the site's way before we look.
            try await lab.postconf([
                "virtual_alias_domains = virtual.example",
                "virtual_alias_maps = inline:{ info@virtual.example=root@lab.example }",
                "site_transport_maps = inline:{ branch.example=smtp:[gmail-smtp-in.l.google.com] }",
            ])
            _ = try await Postern.start(in: lab)
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            _ = try await lab.send(1, to: "info@virtual.example")
            try await lab.log(contains: "orig_to=<info@virtual.example>", "status=sent")
            _ = try await lab.send(2, to: "desk@branch.example")
            try await lab.received(by: "gmail")
            try await lab.route("virtual.example", isThere: false)
            try await lab.route("branch.example", isThere: false)
        }
    }

    @Test func `is foreseen where the provider throttles: its mail is let out on the budget, and nothing bounces`()
        async throws
    {
        try await withListings { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(throttle, at: .mailFrom))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            _ = try await lab.send(1, to: "eve@outlook.com")
            try await lab.route("live.com", isThere: true)
            _ = try await lab.send(2, to: "fay@live.com")
            try await lab.log(contains: "fay@live.com", "Microsoft limits mail from", "kept and will be retried")
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .mailFrom))
            try await lab.log(contains: "S3150", "status=deferred", within: .seconds(60))
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
            #expect(try await lab.postqueue().count == 3)
        }
    }

    @Test func `is none where another's host says Microsoft's words`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, postern in
            try lab.mx.script("gmail", .refusing(block, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@gmail.com")
            try await lab.log(contains: "bob@gmail.com", "S3150")
            try await postern.status { $0.contains(#""gmail":{"#) }
            try await lab.route("gmail.com", isThere: false)
            try await lab.route("hotmail.com", isThere: false)
        }
    }

    @Test func `keeps a domain that no table knows after one reply, and never one that this host relays for`()
        async throws
    {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[modes]\nlistings = \"enforce\"")
            for domain in ["vanity.example", "customer.example"] {
                try await lab.addRecord("\(domain). 60 IN MX 0 hotmail-com.olc.protection.outlook.com.")
            }
            try await lab.postconf(["relay_domains = customer.example"])
            _ = try await Postern.start(in: lab)
            let isOthers: @Sendable (String) -> Bool = { !$0.hasSuffix("@customer.example") }
            try lab.mx.script("microsoft-consumer", [MXRule(at: .rcptTo, .reply(block), for: isOthers)])
            _ = try await lab.send(0, to: "info@vanity.example")
            try await lab.route("vanity.example", isThere: true)
            let letter = "From: eve@gmail.com\nTo: shop@customer.example\nSubject: order\n\nhello\n"
            for _ in 0..<2 {
                let sent = try await lab.submit(
                    letter, from: "eve@gmail.com", to: ["shop@customer.example"], client: Place.outsider)
                #expect(sent.isAccepted)
            }
            try await lab.received(by: "microsoft-consumer", count: 2)
            try await lab.route("customer.example", isThere: false)
        }
    }

    @Test func `ends for a domain that this host begins to relay for`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, _ in
            try await lab.addRecord("customer.example. 60 IN MX 0 hotmail-com.olc.protection.outlook.com.")
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .rcptTo))
            _ = try await lab.send(0, to: "info@customer.example")
            try await lab.route("customer.example", isThere: true)
            try await lab.postconf(["relay_domains = customer.example"])
            try await lab.route("customer.example", isThere: false)
        }
    }

    @Test(arguments: KilledIncident.all)
    fileprivate func `loses nothing and sends nothing twice when the daemon is killed 25 times at any moment`(
        incident: KilledIncident
    ) async throws {
        try await withListings(quick.replacing("rate = 120", with: "rate = 1200")) { lab, postern in
            var random = SplitMix64(seed: incident.seed)
            var postern = postern
            var sent: [String] = []
            for round in 0..<25 {
                if let script = incident.scripts[round] { try lab.mx.script("microsoft-consumer", script) }
                let domain = ["hotmail.com", "outlook.com", "live.com"][round % 3]
                sent.append(try await lab.send(round, to: "bob\(round)@\(domain)"))
                try await Task.sleep(for: .milliseconds(Int64.random(in: 0...700, using: &random)))
                postern.program.signal(9)
                _ = try await postern.program.wait()
                postern = try await Postern.start(in: lab)
            }
            let arrived = try await lab.received(by: "microsoft-consumer", count: 25, within: .seconds(120))
            let account = MailAccount(of: arrived)
            #expect(account.duplicated.isEmpty)
            #expect(account.missing(of: sent).isEmpty)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
            // Each step of the listing begins where the last one ended, whatever was lost in between.
            let steps = try await lab.story(of: "microsoft-consumer").filter { !$0.hasPrefix("probe ") }
                .map { $0.split(separator: " ") }
            #expect(!steps.isEmpty)
            for (step, next) in zip(steps, steps.dropFirst()) { #expect(step.last == next.first, "\(steps)") }
        }
    }
}

/// What the provider does in which round of kills.
private struct KilledIncident: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var seed: UInt64
    var scripts: [Int: MXScript]

    static let all = [
        KilledIncident(
            testDescription: "a block at MAIL FROM", seed: 1, scripts: [0: [.reply(block, at: .mailFrom)], 15: []]),
        KilledIncident(
            testDescription: "a block at the end of the message", seed: 2,
            scripts: [0: [.reply(block, at: .endOfData)], 15: []]),
        KilledIncident(
            testDescription: "a throttle, then a block at RCPT TO", seed: 3,
            scripts: [0: [.reply(throttle, at: .mailFrom)], 6: [.reply(block, at: .rcptTo)], 18: []]),
        KilledIncident(
            testDescription: "a block that ends and comes again", seed: 4,
            scripts: [2: [.reply(block, at: .rcptTo)], 8: [], 14: [.reply(block, at: .connect)], 20: []]),
    ]
}
