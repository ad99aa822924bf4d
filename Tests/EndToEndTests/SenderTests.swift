// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let limit =
    "[modes]\nlimits = \"enforce\"\n[[limit]]\nsenders = \"login\"\nrates = [\"3/10m\"]\nover = \"hold\""

/// A lab with Postern attached, in which a login may write to three recipients.
private func withLimit(_ body: @escaping (Lab, Postern) async throws -> Void) async throws {
    try await Lab.with { lab in
        try await Postern.install(in: lab)
        try await Postern.configure(in: lab, more: limit)
        try await body(lab, try await Postern.start(in: lab))
    }
}

extension Lab {
    /// Sends a message of Alice's.
    fileprivate func submit(number: Int) async throws -> String? {
        let content = "From: alice@lab.example\nTo: bob@gmail.com\nSubject: number \(number)\n\nhello\n"
        return try await submit(
            content, from: "sales\(number)@lab.example", to: ["bob\(number)@gmail.com"], login: .alice
        ).queueID
    }
}

extension Postern {
    /// Asks until the answer is as wanted: the ledger is written within a second, by a log that is read meanwhile.
    fileprivate func answer(_ arguments: [String], until isWanted: (String) -> Bool) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            let text = try await command(arguments).text
            guard !isWanted(text), ContinuousClock.now < deadline else { return text }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}

@Suite(.serialized) struct `The ledger of a burst` {
    @Test func `ranks the sender, and tells the story of a message that left and of one that is held`() async throws {
        try await withLimit { lab, postern in
            var names: [String] = []
            for number in 0..<5 { names.append(try #require(try await lab.submit(number: number))) }
            try await lab.received(by: "gmail", count: 3)

            let senders = try await postern.answer(["senders", "--by", "held", "--json"]) {
                $0.contains(#""accepted" : 3"#) && $0.contains(#""held" : 2"#)
            }
            #expect(senders.contains(#""volume" : 5"#), "\(senders)")
            #expect(senders.contains("127.0.0.0/24"), "\(senders)")

            let left = try await postern.answer(["why", names[0], "--json"]) { $0.contains(#""outcome" : "sent""#) }
            #expect(left.contains(#""signedBy" : "lab.example""#), "\(left)")
            #expect(left.contains(#""provider" : "gmail""#), "\(left)")
            #expect(left.contains("login: 1 of 3"), "\(left)")

            let held = try await postern.answer(["why", names[4]]) { $0.contains("held") }
            #expect(held.contains("held: over the limit of 3"), "\(held)")

            let recipient = try await postern.answer(["why", "bob1@gmail.com"]) { $0.contains("sent") }
            #expect(recipient.contains(names[1]), "\(recipient)")

            // The database answers also when nobody serves.
            postern.program.signal(15)
            _ = try await postern.program.wait()
            let after = try await postern.command("senders").text
            #expect(after.contains("login:alice"), "\(after)")
        }
    }

    @Test func `proposes limits, and shows in the log what they would have done`() async throws {
        try await withLimit { lab, postern in
            for number in 0..<5 { _ = try await lab.submit(number: number) }
            try await lab.received(by: "gmail", count: 3)
            let suggested = try await postern.answer(["limits", "suggest", "--from-ledger"]) {
                $0.contains("[[limit]]")
            }
            #expect(suggested.contains("senders = \"login\""), "\(suggested)")
            let replayed = try await postern.command("replay", "/var/log/mail.log").text
            #expect(replayed.contains("3 messages to 3 recipients were submitted"), "\(replayed)")
        }
    }
}
