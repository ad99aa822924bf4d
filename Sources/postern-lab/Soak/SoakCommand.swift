// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternLab

/// `postern-lab soak`: weeks of trouble in minutes, and what the daemon holds meanwhile.
struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract:
            "Keep the daemon busy with all kinds of mail and trouble, and watch its memory, descriptors and threads.",
        discussion: """
            Every two seconds a batch of mail by many senders to four providers: one takes it, one lists us and delists us in \
            turn, one throttles in turn, one knows nobody. Between the batches the configuration is reloaded and the log \
            rotated. A line is printed for each tenth of the time.
            """)

    @Option(help: "How long.") var minutes = 10

    func validate() throws {
        guard (1...600).contains(minutes) else { throw ValidationError("--minutes is a number from 1 to 600.") }
    }

    func run() async throws {
        try await Lab.with(.init(postconf: Self.postconf)) { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, senders: "", more: Self.settings)
            _ = try await Postern.startQueueHelper(in: lab)
            let postern = try await Postern.start(in: lab)
            try lab.mx.script(
                "gmx", .refusing("550 5.1.1 Requested action not taken: mailbox unavailable", at: .rcptTo))
            print(SoakSample.head)
            var sent = 0
            var cycle = 0
            let began = ContinuousClock.now
            let step = Duration.seconds(minutes * 6)
            var next = began
            while ContinuousClock.now < began + .seconds(minutes * 60) {
                if ContinuousClock.now >= next {
                    print(try SoakSample(of: postern.program.processID, after: next - began, messages: sent).row)
                    next += step
                }
                try await trouble(cycle, lab, postern)
                sent += try await Self.batch(cycle, in: lab)
                cycle += 1
                try await Task.sleep(for: .seconds(2))
            }
            print(try SoakSample(of: postern.program.processID, after: .seconds(minutes * 60), messages: sent).row)
        }
    }

    /// Mail by ten senders, fifty messages to each provider.
    private static func batch(_ cycle: Int, in lab: Lab) async throws -> Int {
        for (index, domain) in ["gmail.com", "hotmail.com", "yahoo.com", "gmx.de"].enumerated() {
            try await lab.run([
                "/usr/sbin/smtp-source", "-s", "5", "-m", "50", "-l", "2000", "-f",
                "user\((cycle * 4 + index) % 40)@lab.example", "-t", "friend\(cycle % 500)@\(domain)",
                "\(Place.server):25",
            ])
        }
        return 200
    }

    private func trouble(_ cycle: Int, _ lab: Lab, _ postern: Postern) async throws {
        if cycle % 20 == 5 { try lab.mx.script("microsoft-consumer", .refusing(ListingScene.block, at: .mailFrom)) }
        if cycle % 20 == 15 { try lab.mx.open("microsoft-consumer") }
        if cycle % 30 == 10 { try lab.mx.script("yahoo", .refusing(Self.throttle, at: .mailFrom)) }
        if cycle % 30 == 20 { try lab.mx.open("yahoo") }
        if cycle % 7 == 3 { try await postern.reload() }
        if cycle % 11 == 6 {
            try await lab.run(["/usr/sbin/postfix", "logrotate"])
            try await Postern.openMailLog(in: lab)
        }
    }

    private static let throttle =
        "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume"

    private static let postconf = [
        "mynetworks = 127.0.0.0/8 [::1]/128 \(Place.server)/32", "in_flow_delay = 0", "queue_run_delay = 20s",
        "minimal_backoff_time = 40s", "maximal_backoff_time = 60s",
    ]

    private static let settings = """
        [modes]
        limits = "enforce"
        listings = "enforce"
        [listings]
        queue-interval = "1s"
        step = "3s"
        accept-spacing = "1s"
        usual-rate = 6000
        reopening-rate = 600
        [[provider]]
        name = "microsoft-consumer"
        probe-after = ["4s"]
        [[provider]]
        name = "yahoo"
        probe-after = ["4s"]
        """
}
