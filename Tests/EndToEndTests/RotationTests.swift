// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let letter = "From: alice@lab.example\nTo: bob@gmail.com\nSubject: hello\n\nhello\n"

@Suite(.serialized) struct `The rotation of a domain's keys` {
    @Test func `waits for the records, switches, keeps the old ones for mail in flight, and ends when they are gone`()
        async throws
    {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await lab.addRecord("lab.example. 60 IN NS ns.lab.example.")
            try await lab.addRecord("ns.lab.example. 60 IN A 127.0.0.1")
            let postern = try await Postern.start(in: lab)

            let begun = try await postern.command("dkim", "rotate", "lab.example")
            #expect(begun.exit == .exited(1), "\(begun)")
            let records = published(in: begun.text)
            #expect(records.map(\.name) == ["s2._domainkey.lab.example", "e2._domainkey.lab.example"], "\(begun)")

            try await lab.publish(records[0])
            let half = try await postern.command("dkim", "rotate", "lab.example")
            #expect(half.exit == .exited(1), "\(half)")
            #expect(half.text.contains("ns.lab.example (127.0.0.1)  s2        has it"), "\(half)")
            #expect(half.text.contains("e2._domainkey.lab.example has no TXT record"), "\(half)")

            try await lab.publish(records[1])
            let switched = try await postern.command("dkim", "rotate", "lab.example")
            #expect(switched.isSuccess, "\(switched)")
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            for mail in try await lab.received(by: "gmail", count: 1) {
                #expect(mail.text.contains("s=s2;") && mail.text.contains("s=e2;"), "\(mail.text)")
                #expect(!mail.text.contains("s=s1;"), "\(mail.text)")
                let signatures = try await Signatures(of: mail, in: lab, postern)
                #expect(signatures.acceptedByLibopendkim == ["s2", "e2"], "\(signatures)")
            }
            let status = try await postern.command("dkim", "rotate", "--status", "--json")
            #expect(status.text.contains(#""phase" : "draining""#), "\(status)")
            let early = try await postern.command("dkim", "rotate", "lab.example", "--retired")
            #expect(early.exit == .exited(1), "\(early)")
            #expect(early.errorText.contains("mail on its way may need the old records until"), "\(early)")

            // A week later.
            let place = "/etc/postern/keys/lab.example.rotation.json"
            let moved = try await lab.run([
                "/bin/sed", "-i", "-E", #"s/("retireAt" : )[0-9]+/\11000/"#, place,
            ])
            #expect(moved.isSuccess, "\(moved)")
            let over = try await postern.command("dkim", "rotate", "lab.example")
            #expect(over.text.contains("s1._domainkey.lab.example"), "\(over)")
            let tooSoon = try await postern.command("dkim", "rotate", "lab.example", "--retired")
            #expect(tooSoon.errorText.contains("are not gone everywhere"), "\(tooSoon)")
            for selector in ["s1", "e1"] { try await lab.removeRecords(of: "\(selector)._domainkey.lab.example") }
            let done = try await postern.command("dkim", "rotate", "lab.example", "--retired")
            #expect(done.isSuccess, "\(done)")
            let files = try await lab.run(["/bin/ls", "/etc/postern/keys"])
            #expect(files.text == "lab.example.e2.pem\nlab.example.s2.pem\n", "\(files)")
            let good = try await postern.command("config", "check")
            #expect(good.isSuccess, "\(good)")
        }
    }

    @Test func `can be given up before the switch, and takes up where a run was cut short`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            _ = try await postern.command("dkim", "rotate", "lab.example")
            let abandoned = try await postern.command("dkim", "rotate", "lab.example", "--abandon")
            #expect(abandoned.isSuccess, "\(abandoned)")
            let files = try await lab.run(["/bin/ls", "/etc/postern/keys"])
            #expect(files.text == "lab.example.e1.pem\nlab.example.s1.pem\n", "\(files)")

            let begun = try await postern.command("dkim", "rotate", "lab.example")
            for record in published(in: begun.text) { try await lab.publish(record) }
            let place = "/etc/postern/keys/lab.example.rotation.json"
            let kept = try await lab.run(["/bin/cat", place])
            _ = try await postern.command("dkim", "rotate", "lab.example")
            // As if the machine had died between the switch and its note.
            try await lab.write(kept.text, to: place)
            let again = try await postern.command("dkim", "rotate", "lab.example")
            #expect(again.isSuccess, "\(again)")
            let status = try await postern.command("dkim", "rotate", "--status", "--json")
            #expect(status.text.contains(#""phase" : "draining""#), "\(status)")
        }
    }

    /// The records in the form of name and value in two lines.
    private func published(in text: String) -> [(name: String, value: String)] {
        let lines = text.split(separator: "\n")
        return zip(lines, lines.dropFirst()).compactMap { name, value in
            value.hasPrefix("    v=DKIM1") ? (String(name), String(value.dropFirst(4))) : nil
        }
    }
}

extension Lab {
    fileprivate func publish(_ record: (name: String, value: String)) async throws {
        var rest = Substring(record.value)
        var strings: [String] = []
        while !rest.isEmpty {
            strings.append("\"\(rest.prefix(255))\"")
            rest = rest.dropFirst(255)
        }
        try await addRecord("\(record.name). 60 IN TXT \(strings.joined(separator: " "))")
    }
}
