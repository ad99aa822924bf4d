// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

/// A lab with Postern attached, `[alerts]` and what else stands in `more`.
private func withAlerts(
    _ more: String, logins: [Login] = [.alice], _ body: @escaping (Lab, Postern) async throws -> Void
) async throws {
    try await Lab.with { lab in
        try await Postern.install(in: lab)
        try await lab.write("postmaster: root\nabuse: root\nroot: admin@gmail.com\n", to: "/etc/aliases")
        try await lab.run(["/usr/sbin/postalias", "hash:/etc/aliases"])
        try await Postern.configure(in: lab, more: more.contains("[alerts]") ? more : "[alerts]\n" + more)
        try await body(lab, try await Postern.start(in: lab))
    }
}

/// A program that keeps what it is given.
private let keeper = "#!/bin/sh\ncat >> /var/lib/postern/told\n"

private let letter = "From: alice@lab.example\nTo: bob@gmail.com\nSubject: hello\n\nhello\n"

private let listing =
    "550 5.7.1 [192.0.2.1 1] Our system has detected an unusual rate of unsolicited mail originating from your IP "
    + "address. To protect our users from spam, mail sent from your IP address has been blocked. Please visit "
    + "https://support.google.com/mail/?p=UnsolicitedIPError - gsmtp"

extension Lab {
    fileprivate func install(_ script: String, as path: String = "/etc/postern/alert") async throws {
        try await write(script, to: path, mode: 0o755)
    }
}

@Suite(.serialized) struct `An alert by mail` {
    @Test func `arrives once where the alias leads, signed, from nobody to whom it could bounce`() async throws {
        try await withAlerts("") { lab, postern in
            let test = try await postern.command("alerts", "test")
            #expect(test.isSuccess && test.text.contains("mailed to  admin@gmail.com"), "\(test)")
            let mail = try await lab.received(by: "gmail")
            #expect(mail.map(\.recipients) == [["admin@gmail.com"]])
            #expect(mail.first?.sender == "")
            let text = mail.first?.text ?? ""
            #expect(text.contains("Auto-Submitted: auto-generated\r\n"))
            #expect(text.contains("From: postern@lab.example\r\n"), "\(text)")
            #expect(text.contains("DKIM-Signature: "))
            // A second one, sent after it, shows that the first came once.
            try await postern.command("alerts", "test")
            let all = try await lab.received(by: "gmail", count: 2)
            #expect(all.count == 2)
            // A stop writes the ledger.
            try await postern.program.stop()
            let shown = try await postern.command("alerts", "show")
            #expect(shown.text.split(separator: "\n").count == 3, "\(shown)")
            #expect(shown.text.contains("admin@gmail.com"))
        }
    }

    @Test func `is never limited, though everybody is over the limit`() async throws {
        let limits = ["server", "system", "web", "local:unknown", "login"].map {
            "[[limit]]\nsenders = \"\($0)\"\nrates = [\"1/1h\"]\nover = \"hold\"\n"
        }.joined()
        try await withAlerts("[modes]\nlimits = \"enforce\"\n\(limits)") { lab, postern in
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@yahoo.com"], login: .alice)
            try await postern.status { $0.contains(#""held":1"#) }
            // The one that tells of it, and two tests.
            for _ in 0..<2 {
                let test = try await postern.command("alerts", "test")
                #expect(test.isSuccess, "\(test)")
            }
            let mail = try await lab.received(by: "gmail", count: 4)
            #expect(mail.contains { $0.text.contains("login:alice@lab.example is over a limit; its mail is held") })
            let held = try await lab.postqueue().count { $0.contains(#""queue_name": "hold""#) }
            #expect(held == 1)
        }
    }

    @Test func `leaves out an address at a provider that lists us, and goes to the fallback`() async throws {
        try await withAlerts("[alerts]\nmail = [\"root\"]\nfallback = [\"ops@yahoo.com\"]") { lab, postern in
            try lab.mx.script("gmail", .refusing(listing, at: .mailFrom))
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            try await postern.status { $0.contains(#""gmail":{"ip-"#) }
            let test = try await postern.command("alerts", "test")
            #expect(test.text.contains("left out   admin@gmail.com (from root): gmail takes no mail"), "\(test)")
            // The test, and the alert of the listing itself.
            let mail = try await lab.received(by: "yahoo", count: 2)
            #expect(mail.allSatisfy { $0.recipients == ["ops@yahoo.com"] })
            let told = mail.map(\.text).first { $0.contains("gmail refuses this server's address") } ?? ""
            #expect(told.contains("  | 550 5.7.1 [192.0.2.1 1] Our system has detected"), "\(told)")
        }
    }

    @Test func `that is refused raises none`() async throws {
        try await withAlerts("") { lab, postern in
            try lab.mx.script("gmail", .refusing("550 5.7.1 words that nobody knows", at: .rcptTo))
            try await postern.command("alerts", "test")
            try await postern.command("alerts", "test")
            try await postern.command("alerts", "test")
            try await postern.program.says { $0.contains("an alert to admin@gmail.com was refused") }
            try await postern.status { $0.contains(#""gmail":{"other":3}"#) }
            let said = postern.program.lines.entries().joined(separator: "\n")
            #expect(!said.contains("alert unclassified-refusals"), "\(said)")
        }
    }
}

@Suite(.serialized) struct `An alert by command` {
    @Test func `is a JSON object on standard input, in which hostile words stay words`() async throws {
        let more = """
            [modes]
            limits = "enforce"
            [alerts]
            mail = []
            command = ["/etc/postern/alert"]
            [[limit]]
            senders = "login"
            rates = ["1/1h"]
            over = "hold"
            """
        try await withAlerts(more) { lab, postern in
            try await lab.install(keeper)
            for _ in 0..<2 {
                try await lab.submit(letter, from: "alice@lab.example", to: ["bob@yahoo.com"], login: .alice)
            }
            try await postern.program.says {
                $0.contains("alert sender-held:") && $0.contains("told /etc/postern/alert")
            }
            let told = String(decoding: try await lab.read("/var/lib/postern/told"), as: UTF8.self)
            #expect(told.contains(#""code":"sender-held""#), "\(told)")
            #expect(told.contains(#""subject":"login:alice@lab.example""#))
            #expect(told.split(separator: "\n").count { $0.contains("sender-held") } == 1, "\(told)")
        }
    }

    @Test(arguments: ["exec yes", "exec cat /dev/zero >&2", "cat >/dev/null; exit 3"])
    func `that floods or fails is said, and mail still goes`(script: String) async throws {
        try await withAlerts("[alerts]\ncommand = [\"/etc/postern/alert\"]") { lab, postern in
            // What only writes to standard error would run for its 30 s.
            try await lab.install(
                "#!/bin/sh\n" + (script.contains("zero") ? "head -c 10000000 /dev/zero >&2; exit 1" : script))
            let test = try await postern.command("alerts", "test")
            #expect(test.text.contains("trouble    alerts.command: alert "), "\(test)")
            try await lab.received(by: "gmail")
        }
    }
}

@Suite(.serialized) struct `An operator` {
    @Test func `alone may have a test sent`() async throws {
        try await withAlerts("") { lab, _ in
            let order = [
                "/usr/bin/curl", "-sS", "--unix-socket", "/run/postern/status.sock", "-X", "POST",
                "http://postern/v1/alerts/test",
            ]
            let refused = try await lab.run(order, as: "postern")
            #expect(refused.text.contains("may read and not act"), "\(refused)")
            let page = try await lab.run(order + ["-H", "Origin: http://evil.example"])
            #expect(page.text.contains("a web page may not give orders"), "\(page)")
            let sent = try await lab.run(order)
            #expect(sent.text.contains(#""mailed":["admin@gmail.com"]"#), "\(sent)")
        }
    }

    @Test func `is told of a configuration that was not put in force`() async throws {
        try await withAlerts("") { lab, postern in
            try await Postern.configure(in: lab, more: "[modes]\nlimits = \"perhaps\"")
            try await postern.reload()
            let mail = try await lab.received(by: "gmail")
            #expect(mail.first?.text.contains("postern config check") == true)
        }
    }
}
