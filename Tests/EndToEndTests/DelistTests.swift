// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let block =
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
    + "since part of their network is on our block list (S3150)."

@Suite(.serialized) struct `The request for a delisting` {
    @Test func `tells place, evidence and names, is shown on the page, and once sent brings the next probe forward`()
        async throws
    {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            // The first probe would be due in days.
            try await Postern.configure(
                in: lab,
                more: """
                    [modes]
                    listings = "enforce"
                    [[provider]]
                    name = "microsoft-consumer"
                    probe-after = ["20h"]
                    """)
            let postern = try await Postern.start(in: lab)
            try lab.mx.script("microsoft-consumer", .refusing(block, at: .mailFrom))
            let letter = "From: alice@lab.example\nTo: bob@hotmail.com\nSubject: hello\n\nhello\n"
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@hotmail.com"], login: .alice)
            try await postern.status { $0.contains(#""microsoft-consumer":{"ip-block":1}"#) }
            try await postern.listings { $0.contains(#""state":"listed""#) }

            let page = try await lab.run([
                "/usr/bin/curl", "-s", "--unix-socket", "/run/postern/status.sock",
                "http://postern/v1/listings/microsoft-consumer",
            ])
            #expect(
                page.text.contains(#""delistingDraft":"Subject: Mail from 192.0.2.1 is refused (S3150)"#), "\(page)")

            let sent = try await postern.command("delist", "microsoft-consumer", "--submitted")
            #expect(sent.isSuccess, "\(sent)")
            try await postern.listings { $0.contains(#""delistingRequestedAt":"20"#) }
            let listings = try await postern.command("listings")
            #expect(listings.text.contains("delisting asked"), "\(listings)")
            try await postern.program.stop()

            let asked = try await postern.command(
                "delist", "microsoft-consumer", "--done", "The password was changed.", "--json")
            #expect(asked.isSuccess, "\(asked)")
            for words in [
                "https://support.microsoft.com/supportrequestform/", "https://sender.office.com/", "192.0.2.1", block,
                "not qualified for mitigation", "The password was changed.", "HELO:           mail.lab.example",
                "\"requestedAt\"", "we sign as lab.example", "Since 20",
            ] { #expect(asked.text.contains(words), "\(words): \(asked)") }
            let text = try await postern.command("delist", "microsoft-consumer").text
            let order = ["Before you send it", "Where to turn", "What to write", "If the answer is", "When it is sent"]
            let places = order.map { words in text.firstRange(of: words).map { text[..<$0.lowerBound].count } ?? -1 }
            #expect(places == places.sorted() && places.first != -1, "\(text)")
            let absent = try await postern.command("delist", "microsoft-consumer", "--submitted")
            #expect(absent.exit == .exited(69), "\(absent)")
            let nothing = try await postern.command("delist", "yahoo")
            #expect(nothing.exit == .exited(1), "\(nothing)")
            #expect(nothing.text.contains("there may be nothing to ask for"))
            let nobody = try await postern.command("delist", "nobody")
            #expect(nobody.exit == .exited(2), "\(nobody)")
        }
    }
}

extension Postern {
    /// Waits until the listings are such.
    fileprivate func listings(until isWanted: (String) -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            let text = try await command("listings", "--json").text
            if isWanted(text) { return }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("such listings", within: .seconds(10), seen: text)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
