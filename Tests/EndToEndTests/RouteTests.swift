// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

/// What Postfix does with our table of routes and our status filter; the daemon runs in none of these.
@Suite(.serialized) struct `Routes in Postfix` {
    private static let pause = "retry:4.7.0 Microsoft lists 192.0.2.1 (S3150); mail is kept and will be retried"
    private static let refusal =
        "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
        + "since part of their network is on our block list (S3150)."

    private func withPostern(
        _ configuration: Lab.Configuration = .init(), _ body: @escaping @Sendable (Lab) async throws -> Void
    ) async throws {
        try await Lab.with(configuration) { lab in
            try await Postern.install(in: lab)
            try await body(lab)
        }
    }

    private func send(_ lab: Lab, to recipients: String...) async throws {
        for recipient in recipients {
            let submission = try await lab.submit(
                "Subject: hello\nMessage-ID: <\(recipient)>\n\nhello\n", from: "alice@lab.example", to: [recipient],
                login: .alice)
            #expect(submission.isAccepted)
        }
    }

    @Test func `keep a provider's mail waiting with our text, let other mail flow, and end when they are taken away`()
        async throws
    {
        try await withPostern { lab in
            try await Postern.publish("hotmail.com 600 \(Self.pause)", in: lab)
            try await send(lab, to: "bob@hotmail.com", "Bob+tag@Hotmail.com", "bob@gmail.com", "bob@live.com")
            for address in ["bob@hotmail.com", "Bob+tag@Hotmail.com"] {
                try await lab.log(
                    contains: "to=<\(address)>, relay=none",
                    "dsn=4.7.0, status=deferred (Microsoft lists 192.0.2.1 (S3150);")
            }
            try await lab.received(by: "gmail")
            try await lab.received(by: "live-com.olc.protection.outlook.com")
            #expect(lab.mx.count("hotmail-com.olc.protection.outlook.com", at: .connect) == 0)
            // Neither a flush nor a reload lets anything through.
            let position = lab.mailLog.position
            try await lab.flush()
            try await lab.log(contains: "to=<bob@hotmail.com>, relay=none", from: position)
            try await lab.postconf([])
            let afterReload = lab.mailLog.position
            try await lab.flush()
            try await lab.log(contains: "to=<Bob+tag@Hotmail.com>, relay=none", from: afterReload)
            #expect(lab.mx.count("hotmail-com.olc.protection.outlook.com", at: .connect) == 0)
            try await Postern.publish("hotmail.com", in: lab)
            // The one answer that qmgr remembers, for 30 s, must not be that for one of these.
            try await send(lab, to: "carol@gmail.com")
            try await lab.received(by: "gmail", count: 2)
            try await lab.flush()
            let mail = try await lab.received(by: "hotmail-com.olc.protection.outlook.com", count: 2)
            #expect(MailAccount(of: mail).duplicated.isEmpty)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") || $0.contains("fatal") }.isEmpty)
        }
    }

    @Test func `end by themselves when their time is up`() async throws {
        try await withPostern(.init(postconf: Lab.Configuration.quickRetries)) { lab in
            try await Postern.publish("hotmail.com 600 \(Self.pause)", in: lab)
            try await send(lab, to: "bob@hotmail.com", "carol@gmail.com")
            try await lab.log(contains: "to=<bob@hotmail.com>, relay=none", "dsn=4.7.0, status=deferred")
            try await Postern.publish("hotmail.com 1 \(Self.pause)", in: lab)
            // The row's own time; then another lookup, for qmgr remembers its last answer for 30 s.
            try await Task.sleep(for: .seconds(2))
            try await send(lab, to: "dave@gmail.com")
            try await lab.received(by: "hotmail-com.olc.protection.outlook.com")
        }
    }

    @Test func `let one message out by the transport of probes, and no other`() async throws {
        try await withPostern { lab in
            try await Postern.publish("hotmail.com 600 \(Self.pause)", in: lab)
            try await send(lab, to: "ann@hotmail.com", "bob@hotmail.com", "carol@hotmail.com")
            let line = try await lab.log(contains: "to=<ann@hotmail.com>, relay=none", "status=deferred")
            try await lab.log(contains: "to=<carol@hotmail.com>, relay=none", "status=deferred")
            try await Postern.publish("ann@hotmail.com 600 postern-probe:", in: lab)
            let queueID = try #require(line.firstMatch(of: /: ([0-9A-F]+): to=/)?.output.1)
            try await lab.run(["/usr/sbin/postqueue", "-i", String(queueID)], as: "postern")
            try await lab.log(
                contains: "postfix/postern-probe/smtp[", "\(queueID): to=<ann@hotmail.com>",
                "relay=hotmail-com.olc.protection.outlook.com", "status=sent")
            let mail = try await lab.received(by: "microsoft-consumer")
            #expect(mail.map(\.recipients) == [["ann@hotmail.com"]])
            #expect(try await lab.postqueue().count == 2)
        }
    }

    @Test(arguments: [MXStage.helo, .mailFrom, .rcptTo, .data, .endOfData])
    func `are not needed for a listing to bounce nothing`(stage: MXStage) async throws {
        try await withPostern { lab in
            try lab.mx.script("microsoft-consumer", .refusing(Self.refusal, at: stage))
            try lab.mx.script("other", .refusing(Self.refusal, at: stage))
            try await send(lab, to: "bob@hotmail.com", "bob@other.example")
            try await lab.log(contains: "to=<bob@hotmail.com>", "dsn=4.7.1, status=deferred", "550 5.7.1 Unfortunately")
            // The same words from anybody else are no listing.
            try await lab.log(contains: "to=<bob@other.example>", "dsn=5.7.1, status=bounced")
        }
    }

    @Test func `are read while their writer is killed again and again`() async throws {
        try await withPostern { lab in
            let churn = [try Executables.path(of: "postern-lab"), "routes", Postern.routes, "--churn", "500"]
            try await Postern.publish("hotmail.com 3600 \(Self.pause)", in: lab)
            let ask =
                #"while :; do yes hotmail.com | head -n 1000 | postmap -q - \#(Postern.routesTable) | grep -c retry; done"#
            let reader = try await lab.start(["/bin/sh", "-c", ask], as: "postfix")
            for round in 1...100 {
                let writer = try await lab.start(churn, as: "postern")
                // It has opened the database, and goes on writing.
                try await writer.says { $0.contains("hotmail.com") }
                try await send(lab, to: "bob\(round)@hotmail.com")
                writer.signal(9)
            }
            for round in 1...100 {
                try await lab.log(contains: "to=<bob\(round)@hotmail.com>, relay=none", "deferred (Microsoft lists")
            }
            let failures = lab.mailLog.entries { $0.contains("trivial-rewrite") || $0.contains("rewrite-postern") }
            #expect(failures.isEmpty, "\(failures)")
            #expect(lab.mx.count("hotmail-com.olc.protection.outlook.com", at: .connect) == 0)
            // A thousand answers each; less, where a reader met a writer that was just recovering and died of it.
            let position = reader.lines.position
            try await reader.says(from: position) { $0 == "1000" }
            let counts = reader.lines.entries()
            #expect(counts.count { $0 != "1000" } <= 5, "\(counts)")
        }
    }

    @Test func `in a new file are found after a reload, where the old one was damaged`() async throws {
        try await withPostern { lab in
            try await Postern.publish("hotmail.com 600 \(Self.pause)", in: lab)
            try await send(lab, to: "ann@hotmail.com")
            try await lab.log(contains: "to=<ann@hotmail.com>, relay=none", "status=deferred (Microsoft lists")
            try await lab.run(["/bin/sh", "-c", "echo rubbish > \(Postern.routes)"])
            try await Postern.publish("hotmail.com 600 \(Self.pause)", in: lab)
            try await lab.postconf([])
            let position = lab.mailLog.position
            try await send(lab, to: "bob@hotmail.com", "carol@gmail.com")
            try await lab.log(
                contains: "to=<bob@hotmail.com>, relay=none", "status=deferred (Microsoft lists", from: position)
            try await lab.received(by: "gmail")
        }
    }
}
