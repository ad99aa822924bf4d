// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let letter = "From: alice@lab.example\nTo: bob@gmail.com\nSubject: hello\n\nhello\n"

@Suite(.serialized) struct `A complaint that comes to an alias` {
    @Test func `is counted for the login that sent the message, and stands in the message's story`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            let mail = try #require(try await lab.received(by: "gmail", count: 1).first)
            try await postern.status { $0.contains(#""accepted":1"#) }
            // The ledger is written every second or so.
            let story = try await postern.story(of: "alice@lab.example")
            let report = """
                From: Feedback <fbl@gmail.com>
                To: fbl@lab.example
                Message-ID: <report-1@gmail.com>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type="feedback-report"; boundary="b"

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: x/1
                Version: 1

                --b
                Content-Type: message/rfc822

                \(mail.text)
                --b--

                """
            for word in ["a complaint about", "a complaint that is known about"] {
                let counted = try await lab.run(
                    [try Executables.path(of: "postern"), "import", "arf"], as: "postern", input: report)
                #expect(counted.text.contains("\(word) mail of login:alice@lab.example"), "\(counted)")
            }
            let senders = try await postern.command("senders", "--json")
            #expect(senders.text.contains(#""complaints" : 1"#), "\(senders)")
            let why = try await postern.command("why", story)
            #expect(why.text.contains("abuse, told by gmail.com"), "\(why)")
            let other = try await lab.run(
                [try Executables.path(of: "postern"), "import", "arf"], as: "postern", input: letter)
            #expect(other.isSuccess, "\(other)")

            let snds = "192.0.2.1,11/24/2026 1:00 AM,11/24/2026 9:00 PM,12,12,12,RED,< 0.1%,,,2,,,\r\n"
            let told = try await postern.command("import", "snds", "-", input: Array(snds.utf8))
            #expect(told.isSuccess, "\(told)")
        }
    }
}

extension Postern {
    /// The queue ID of the last message of somebody, as soon as the ledger has it.
    fileprivate func story(of sender: String) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let text = try await command("why", sender, "--json").text
            let mark = #""queueId" : ""#
            if let place = text.firstRange(of: mark) {
                return String(text[place.upperBound...].prefix { $0 != "\"" })
            }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("a story", within: .seconds(20), seen: text)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
