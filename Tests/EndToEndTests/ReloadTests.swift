// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let message = "From: alice@lab.example\nTo: bob@gmail.com\nSubject: hello\n\nhello\n"

@Suite(.serialized) struct `A running daemon` {
    @Test func `takes another configuration at SIGHUP, and keeps the old one when the new is bad`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)

            try await Postern.configure(in: lab, more: "[modes]\nsinging = \"off\"")
            try await postern.reload()
            try await postern.program.says {
                $0.contains("postern.toml:17: modes.singing: unknown key; did you mean \"signing\"?")
            }
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(try await lab.received(by: "gmail", count: 1).last?.signatureCount == 2)

            try await Postern.configure(in: lab, more: "[modes]\nsigning = \"off\"")
            try await postern.reload()
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(try await lab.received(by: "gmail", count: 2).last?.signatureCount == 0)
        }
    }

    @Test func `loses nothing and signs all while it reloads again and again`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            let hangups = Task {
                while !Task.isCancelled { try await postern.reload() }
            }
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<25 {
                            let sent = try await lab.submit(
                                message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
                            #expect(sent.isAccepted)
                        }
                    }
                }
                try await group.waitForAll()
            }
            hangups.cancel()
            let mail = try await lab.received(by: "gmail", count: 100, within: .seconds(90))
            #expect(mail.allSatisfy { $0.signatureCount == 2 })
        }
    }

    @Test func `lets a message in flight finish at SIGTERM`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            let session = try await lab.connect(port: 25)
            _ = try await session.send("MAIL FROM:<alice@lab.example>", "RCPT TO:<bob@gmail.com>", "DATA")
            postern.program.signal(15)
            try await session.write(Lab.withCRLF(message) + Array(".\r\n".utf8))
            try await postern.program.wait()
            #expect(postern.program.exit == .exited(0))
            #expect(try await lab.received(by: "gmail").first?.signatureCount == 2)
            await session.quit()
        }
    }

    @Test func `refuses to start beside another one`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            let second = try await postern.command("serve")
            #expect(second.exit == .exited(1))
            #expect(second.errorText.contains("/var/spool/postfix/postern/milter"), "\(second)")
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(try await lab.received(by: "gmail").first?.signatureCount == 2)
        }
    }
}
