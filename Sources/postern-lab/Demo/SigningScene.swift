// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// A message goes through a real Postfix and leaves signed; a forged one does not.
struct SigningScene {
    let stage: Stage
    let lab: Lab

    /// Plays, and gives the daemon that runs from here on.
    func play() async throws -> Postern {
        stage.scene("A mail server: Debian's Postfix, a DNS server, and the mail exchangers of Gmail and others")
        stage.say("All of it in namespaces of its own: no packet leaves this host.")
        try await Postern.install(in: lab)
        stage.say("Postern has two keys for lab.example, RSA and Ed25519, published in that DNS.")
        let postern = try await Postern.start(in: lab)
        stage.say("It runs as its own user and listens on unix:postern/milter, where smtpd_milters points.")

        stage.scene("Alice logs in and writes to Bob at Gmail; a web site writes with sendmail(1)")
        try await lab.submit(
            Letter.text(from: "Alice <alice@lab.example>", to: "Bob <bob@gmail.com>", "hello"),
            from: "alice@lab.example", to: ["bob@gmail.com"],
            login: .alice)
        try await lab.sendmail(
            as: "www-data", arguments: ["-f", "shop@lab.example", "bob@gmail.com"],
            Letter.text(from: "The shop <shop@lab.example>", to: "Bob <bob@gmail.com>", "your order"))
        for (index, mail) in try await lab.received(by: "gmail", count: 2).enumerated() {
            try await show(mail, isFirst: index == 0, postern)
        }

        stage.scene("Alice's password writes as somebody else")
        try await lab.submit(
            Letter.text(from: "The bank <service@bank.example>", to: "Bob <bob@gmail.com>", "urgent"),
            from: "alice@lab.example",
            to: ["bob@gmail.com"], login: .alice)
        let forged = try await lab.received(by: "gmail", count: 3).last
        stage.check("it left unsigned: the From is not ours", forged?.text.contains("DKIM-Signature") == false)
        return postern
    }

    private func show(_ mail: ReceivedMail, isFirst: Bool, _ postern: Postern) async throws {
        let subject = mail.text.split(separator: "\r\n").first { $0.hasPrefix("Subject:") } ?? ""
        stage.say("Gmail received “\(subject.dropFirst(9))” from \(mail.client):")
        if isFirst {
            let header = mail.text.split(separator: "\r\n\r\n").first ?? ""
            stage.show(header.replacing("\r\n", with: "\n"))
        }
        let verdict = try await postern.command("dkim", "verify", "-", input: mail.content)
        stage.check(
            "libopendkim: both signatures pass", verdict.text.split(separator: "\n").count { $0.hasPrefix("pass") } == 2
        )
        let script = """
            import sys, dkim
            message = sys.stdin.buffer.read()
            print(sum(dkim.DKIM(message).verify(idx=i) for i in range(2)))
            """
        let dkimpy = try await lab.run(["/usr/bin/python3", "-c", script], input: mail.content)
        stage.check("dkimpy: both signatures pass", dkimpy.text.hasPrefix("2"))
    }
}
