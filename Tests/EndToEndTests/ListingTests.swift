// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite(.serialized) struct `A provider's listing of our address` {
    @Test(arguments: [MXStage.connect, .mailFrom, .rcptTo, .endOfData])
    func `keeps the provider's mail from its first refusal on, bounces nothing and touches nobody else's`(
        stage: MXStage
    ) async throws {
        try await withListings(
            "[modes]\nlistings = \"enforce\""
        ) { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: stage))
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
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .mailFrom))
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
            _ = try await Postern.startQueueHelper(in: lab)
            // Slow to refuse, so that all of the mail is active when the first refusal is heard.
            try lab.mx.script(
                "microsoft-consumer", [MXRule(at: .mailFrom, .reply(microsoftBlock), delay: .seconds(4))])
            for number in 0..<300 { _ = try await lab.send(number, to: "bob\(number)@hotmail.com") }
            try await lab.route("hotmail.com", isThere: true)
            for number in [0, 150, 299] {
                try await lab.log(
                    contains: "bob\(number)@hotmail.com", "status=deferred", within: .seconds(60))
            }
            let tried = lab.mx.attempts.entries { $0.stage == .mailFrom }
            #expect(tried.count <= 20, "\(tried.count) of 300")
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
        }
    }

    @Test func `is not run into by whatever makes Postfix try its queue`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .rcptTo))
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
                try await lab.log(contains: "kept and will be retried", from: position, within: .seconds(90))
            }
            let tried = lab.mx.attempts.entries { $0.stage == .rcptTo }
            #expect(tried.count == 1)
            #expect(try await lab.postqueue().count == 4)
        }
    }

    @Test func `that ends under a condition is settled under: all arrives, and nothing bounces`() async throws {
        // Half of what the condition allows; it stays so until the provider has been clean for half an hour.
        let slow = quickListings.replacing("step = \"2s\"", with: "step = \"2s\"\nslowed-rate = 30")
        try await withListings(slow) { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .mailFrom))
            var sent: [String] = []
            for number in 0..<40 {
                sent.append(try await lab.send(number, to: "bob\(number)@\(["hotmail.com", "live.com"][number % 2])"))
            }
            try await lab.route("hotmail.com", isThere: true)
            // "Conditionally mitigated": ten messages in ten seconds are taken, the next is refused for our address.
            try lab.mx.script(
                "microsoft-consumer",
                [MXRule(at: .mailFrom, .reply(microsoftThrottle), after: 10, within: .seconds(10))])
            let arrived = try await lab.received(by: "microsoft-consumer", count: 40, within: .seconds(300))
            let account = MailAccount(of: arrived)
            #expect(account.duplicated.isEmpty)
            #expect(account.missing(of: sent).isEmpty)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
        }
    }

    @Test func `is foreseen where the provider throttles: its mail is let out on the budget, and nothing bounces`()
        async throws
    {
        try await withListings { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(microsoftThrottle, at: .mailFrom))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            _ = try await lab.send(1, to: "eve@outlook.com")
            try await lab.route("live.com", isThere: true)
            _ = try await lab.send(2, to: "fay@live.com")
            try await lab.log(contains: "fay@live.com", "Microsoft limits mail from", "kept and will be retried")
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .mailFrom))
            try await lab.log(contains: "S3150", "status=deferred", within: .seconds(60))
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
            #expect(try await lab.postqueue().count == 3)
        }
    }

    @Test func `is none where another's host says Microsoft's words`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, postern in
            try lab.mx.script("gmail", .refusing(microsoftBlock, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@gmail.com")
            try await lab.log(contains: "bob@gmail.com", "S3150")
            try await postern.status { $0.contains(#""gmail":{"#) }
            try await lab.route("gmail.com", isThere: false)
            try await lab.route("hotmail.com", isThere: false)
        }
    }
}
