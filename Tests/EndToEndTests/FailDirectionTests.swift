// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let message = "From: alice@lab.example\nTo: bob@gmail.com\nSubject: hello\n\nhello\n"

@Suite(.serialized) struct `Without Postern, or with one that hangs` {
    @Test func `mail flows unsigned, and is signed again without a reload of Postfix once it is back`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(try await lab.received(by: "gmail", count: 1).last?.signatureCount == 0)

            let first = try await Postern.start(in: lab)
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(try await lab.received(by: "gmail", count: 2).last?.signatureCount == 2)

            first.program.signal(9)
            try await first.program.wait()
            let local = try await lab.sendmail(as: "www-data", message)
            #expect(local.isSuccess)
            #expect(try await lab.received(by: "gmail", count: 3).last?.signatureCount == 0)

            let second = try await Postern.start(in: lab)
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(try await lab.received(by: "gmail", count: 4).last?.signatureCount == 2)

            second.program.signal(19)
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(try await lab.received(by: "gmail", count: 5, within: .seconds(20)).last?.signatureCount == 0)
            second.program.signal(18)
        }
    }

    @Test func `a message is put off where the site says so in main.cf`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab, milter: "{ unix:postern/milter, default_action=tempfail }")
            let session = try await lab.connect(port: 25)
            let answer = try await session.send("MAIL FROM:<alice@lab.example>")
            #expect(answer.code == 451)
            await session.quit()
        }
    }
}

@Suite(.serialized) struct `A message that cannot be signed` {
    /// More fields than a signature can list.
    private let unsignable =
        "From: alice@lab.example\n" + String(repeating: "Cc: bob@gmail.com\n", count: 2500) + "Subject: x\n\nx\n"

    @Test func `goes unsigned by default, and is counted`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            try await lab.submit(unsignable, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(try await lab.received(by: "gmail").first?.signatureCount == 0)
            let status = try await postern.command("status", "--json")
            #expect(status.text.contains(#""header-too-large":1"#), "\(status)")
        }
    }

    @Test func `is put off where the site says so, but not by sendmail, where it would loop`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[signing]\non-failure = \"tempfail\"")
            _ = try await Postern.start(in: lab)
            let submission = try await lab.submit(
                unsignable, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(submission.endOfData?.code == 451, "\(String(describing: submission.endOfData))")
            let local = try await lab.sendmail(as: "www-data", arguments: ["bob@gmail.com"], unsignable)
            #expect(local.isSuccess)
            #expect(try await lab.received(by: "gmail").first?.signatureCount == 0)
        }
    }
}
