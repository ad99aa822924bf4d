// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let letter = "From: alice@lab.example\nTo: bob@hotmail.com\nSubject: hello\n\nhello\n"
private let block =
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
    + "since part of their network is on our block list (S3150)."

@Suite(.serialized) struct `The commands` {
    @Test func `tell of a refusal: replay from the log, rejections from the ledger, explain from its words`()
        async throws
    {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .mailFrom))
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@hotmail.com"], login: .alice)
            try await postern.status { $0.contains(#""microsoft-consumer":{"ip-block":1}"#) }
            try await postern.program.stop()

            let replay = try await postern.command("replay", "/var/log/mail.log", "--json")
            #expect(replay.isSuccess, "\(replay)")
            #expect(replay.text.contains("microsoft-consumer"))
            #expect(replay.text.contains("S3150"))

            let rejections = try await postern.command("rejections", "--json")
            #expect(rejections.isSuccess, "\(rejections)")
            #expect(rejections.text.contains("S3150"))
            #expect(rejections.text.contains("alice@lab.example"))

            let explained = try await postern.command("explain", block)
            #expect(explained.text.contains("microsoft-consumer"), "\(explained)")
        }
    }

    @Test func `explain answers a JSON object a line`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let executable = try Executables.path(of: "postern")
            let questions = """
                {"id": "a", "text": "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3140)", "mx_host": "hotmail-com.olc.protection.outlook.com"}
                {"id": "b", "text": "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3140)", "mx_host": "outlook.com.evil.example"}
                {"id": "c", "text": "550 5.1.1 User unknown", "smtp_code": 550}

                """
            let answer = try await lab.run([executable, "explain", "--json-lines"], input: Array(questions.utf8))
            let lines = answer.text.split(separator: "\n")
            #expect(lines.count == 3, "\(answer)")
            #expect(lines.first?.contains(#""listed":true"#) == true)
            #expect(lines.dropFirst().first?.contains(#""listed":false"#) == true)
            #expect(lines.last?.contains(#""class":"recipient-unknown""#) == true)
        }
    }

    @Test func `say in one line, with their own exit code, what they cannot do`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let executable = try Executables.path(of: "postern")
            let absent = try await lab.run([executable, "status"])
            #expect(absent.exit == .exited(69))
            #expect(absent.errorText.split(separator: "\n").count == 1, "\(absent)")
            let usage = try await lab.run([executable, "stauts"])
            #expect(usage.exit == .exited(2))
            try await lab.write("[milter]\nsokcet = \"x\"\n", to: "/etc/postern/bad.toml")
            let bad = try await lab.run([executable, "config", "check", "-c", "/etc/postern/bad.toml"])
            #expect(bad.exit == .exited(78))
            #expect(
                bad.errorText.contains("bad.toml:2: milter.sokcet: unknown key; did you mean \"socket\"?"), "\(bad)")
        }
    }
}
