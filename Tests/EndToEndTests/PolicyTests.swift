// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let service = "check_policy_service { unix:postern/policy, default_action=DUNNO, timeout=5s }"

private func letter(number: Int = 0) -> String {
    "From: alice@lab.example\nTo: bob@gmail.com\nSubject: number \(number)\n\nhello\n"
}

/// A lab whose Postfix asks the policy service first at these places, and Postern with a limit of logins there.
private func withPolicyService(
    at places: [String], rate: String, over: String, limitsAt place: String = "policy",
    _ body: @escaping (Lab, Postern) async throws -> Void
) async throws {
    try await Lab.with { lab in
        try await Postern.install(in: lab)
        // postconf -P takes no value with spaces.
        try await lab.postconf(
            places.map { "policy_\($0) = \(service), \(rest(of: $0))" },
            serviceParameters: places.map { "submission/inet/smtpd_\($0)_restrictions = $policy_\($0)" })
        try await Postern.configure(
            in: lab,
            more: """
                [modes]
                limits = "enforce"
                [policy]
                socket = "unix:/var/spool/postfix/postern/policy"
                limits-at = "\(place)"
                [[limit]]
                senders = "login"
                rates = ["\(rate)"]
                over = "\(over)"
                [[limit]]
                senders = "web"
                rates = ["\(rate)"]
                over = "\(over)"
                """)
        try await body(lab, try await Postern.start(in: lab))
    }
}

private func rest(of place: String) -> String {
    place == "recipient" || place == "relay" ? "permit_sasl_authenticated, reject" : "permit"
}

extension Lab {
    /// How many messages lie in the hold queue.
    fileprivate func held() async throws -> Int {
        try await postqueue().count { $0.contains(#""queue_name": "hold""#) }
    }
}

@Suite(.serialized) struct `Postfix with the policy service` {
    @Test func `at RCPT stops a burst of a login at its limit, recipient by recipient, and nobody else notices`()
        async throws
    {
        try await withPolicyService(at: ["recipient"], rate: "5/10m", over: "defer") { lab, postern in
            // Two messages in one session: each counts.
            let session = try await lab.connect(port: 587)
            _ = try await session.login(.alice)
            let first = try await session.submit(
                Lab.withCRLF(letter()), from: "alice@lab.example", to: (0..<3).map { "bob\($0)@gmail.com" })
            #expect(first.rcptTo.map(\.code) == [250, 250, 250])
            let second = try await session.submit(
                Lab.withCRLF(letter()), from: "alice@lab.example", to: (0..<4).map { "bob\($0)@gmail.com" })
            #expect(second.rcptTo.map(\.code) == [250, 250, 450, 450])
            #expect(second.isAccepted)
            #expect(second.rcptTo.last?.lines.last?.contains("the limit is 5/10m; try again in") == true)
            await session.quit()
            let innocent = try await lab.submit(
                letter(), from: "bob@lab.example", to: ["carol@yahoo.com"], login: .bob)
            #expect(innocent.isAccepted)
            try await lab.received(by: "yahoo")
            let arrived = try await lab.received(by: "gmail", count: 2)
            #expect(arrived.flatMap(\.recipients).count == 5)
            let status = try await postern.command("status", "--json")
            #expect(status.text.contains(#""refusedRecipients":2"#), "\(status)")
        }
    }

    @Test func `has what is over the limit held`() async throws {
        try await withPolicyService(at: ["recipient"], rate: "3/10m", over: "hold") { lab, postern in
            for number in 0..<5 {
                let sent = try await lab.submit(
                    letter(number: number), from: "alice@lab.example", to: ["bob\(number)@gmail.com"], login: .alice)
                #expect(sent.isAccepted)
            }
            try await lab.received(by: "gmail", count: 3)
            let held = try await lab.held()
            #expect(held == 2)
            // Postfix names a message only after its first recipient; the log tells the name.
            let deadline = ContinuousClock.now + .seconds(10)
            var shown = ""
            while shown.split(separator: "login:alice").count < 3, ContinuousClock.now < deadline {
                shown = try await postern.command("held", "--json").text
            }
            #expect(shown.split(separator: "login:alice").count == 3, "\(shown)")
            #expect(shown.contains("3/10m"))
        }
    }

    @Test func `in two lists, at DATA and at the end too has each message counted once, and by the milter not again`()
        async throws
    {
        let places = ["relay", "recipient", "data", "end_of_data"]
        try await withPolicyService(at: places, rate: "6/10m", over: "defer") { lab, _ in
            for number in 0..<4 {
                let sent = try await lab.submit(
                    letter(number: number), from: "alice@lab.example", to: ["a@gmail.com", "b@gmail.com"], login: .alice
                )
                #expect(sent.isAccepted == (number < 3))
            }
            try await lab.received(by: "gmail", count: 3)
        }
    }

    @Test func `at DATA refuses a message whole`() async throws {
        try await withPolicyService(at: ["data"], rate: "3/10m", over: "reject") { lab, _ in
            let recipients = (0..<4).map { "bob\($0)@gmail.com" }
            let large = try await lab.submit(letter(), from: "alice@lab.example", to: recipients, login: .alice)
            #expect(large.data?.code == 550)
            let small = try await lab.submit(letter(), from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(small.isAccepted)
        }
    }

    @Test func `and the limits at the milter counts there only`() async throws {
        try await withPolicyService(at: ["recipient"], rate: "3/10m", over: "defer", limitsAt: "milter") { lab, _ in
            let sent = try await lab.submit(
                letter(), from: "alice@lab.example", to: (0..<4).map { "bob\($0)@gmail.com" }, login: .alice)
            #expect(sent.rcptTo.map(\.code) == [250, 250, 250, 450])
        }
    }

    @Test func `has mail of sendmail counted at the milter, for it meets no policy service`() async throws {
        try await withPolicyService(at: ["recipient"], rate: "2/10m", over: "hold") { lab, _ in
            for number in 0..<3 {
                let result = try await lab.sendmail(
                    as: "www-data", arguments: ["bob@gmail.com"], letter(number: number))
                #expect(result.isSuccess)
            }
            try await lab.received(by: "gmail", count: 2)
            try await lab.log { $0.contains("milter-hold") && $0.contains("END-OF-MESSAGE") }
            let held = try await lab.held()
            #expect(held == 1)
        }
    }

    @Test func `lets mail flow when the service is dead, and asks again when it is back`() async throws {
        try await withPolicyService(at: ["recipient"], rate: "1/10m", over: "reject") { lab, postern in
            postern.program.signal(9)
            try await postern.program.wait()
            for number in 0..<2 {
                let sent = try await lab.submit(
                    letter(number: number), from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
                #expect(sent.isAccepted)
            }
            try await lab.received(by: "gmail", count: 2)
            _ = try await Postern.start(in: lab)
            let sent = try await lab.submit(
                letter(), from: "alice@lab.example", to: ["a@gmail.com", "b@gmail.com"], login: .alice)
            #expect(sent.rcptTo.map(\.code) == [250, 550])
        }
    }
}
