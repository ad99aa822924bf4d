// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternLab
import Testing

@Suite(.serialized) struct `Awkward mail` {
    /// The family of messages that the signer's own tests use, all but the one with two From fields by greta@castle.example.
    private static let messages = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("DKIMTests/Messages")

    /// Postfix folds lines of more than 998 characters and re-codes nothing else for a server with 8BITMIME.
    private static let changedByPostfix = ["smtp_line_length_limit = 0"]

    @Test func `of every kind leaves a real Postfix with signatures that both verifiers accept`() async throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.messages, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "eml" && $0.lastPathComponent != "two-from.eml" }
            .sorted { $0.path < $1.path }
        try #require(files.count > 25)
        try await Lab.with(.init(postconf: Self.changedByPostfix)) { lab in
            try await Postern.install(in: lab)
            try await lab.signForCastle()
            let postern = try await Postern.start(in: lab)
            for (index, file) in files.enumerated() {
                let content = Array(try Data(contentsOf: file))
                let name = file.lastPathComponent
                let sent = try await lab.submit(
                    content, from: "greta@castle.example", to: ["bob@gmail.com"], login: .alice)
                try #require(sent.isAccepted, "\(name): \(sent)")
                let mail = try #require(try await lab.received(by: "gmail", count: index + 1).last)
                let signatures = try await Signatures(of: mail, in: lab, postern)
                #expect(
                    signatures.acceptedByLibopendkim.filter { $0 == "s1" || $0 == "e1" } == ["s1", "e1"],
                    "\(name): \(signatures)")
                #expect(signatures.dkimpy.prefix(2) == [true, true], "\(name): \(signatures)")
            }
        }
    }

    @Test func `of ten megabytes, or with a megabyte of header, is signed`() async throws {
        try await Lab.with(.init(postconf: Self.changedByPostfix + ["message_size_limit = 20000000"])) { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            let header = "From: alice@lab.example\r\nTo: bob@gmail.com\r\nSubject: large\r\n"
            let line = String(repeating: "x", count: 70) + "\r\n"
            let large = header + "\r\n" + String(repeating: line, count: 145_000)
            let wordy =
                header + (0..<13_000).map { "X-Note-\($0): \(String(repeating: "y", count: 70))\r\n" }.joined()
                + "\r\nx\r\n"
            for (index, content) in [large, wordy].enumerated() {
                try await lab.submit(
                    Array(content.utf8), from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
                let mail = try #require(
                    try await lab.received(by: "gmail", count: index + 1, within: .seconds(90)).last)
                let verdict = try await Signatures(of: mail, in: lab, postern)
                #expect(verdict.areWhole, "\(index): \(verdict)")
            }
        }
    }
}

extension Lab {
    /// Has the daemon sign for castle.example too, with the lab's own keys.
    fileprivate func signForCastle() async throws {
        try await Postern.configure(
            in: self,
            more: """
                [[domain]]
                name = "castle.example"
                keys = [
                  { selector = "s1", file = "/etc/postern/keys/\(Postern.domain).s1.pem" },
                  { selector = "e1", file = "/etc/postern/keys/\(Postern.domain).e1.pem" },
                ]
                """)
        let shown = try await run(
            [try Executables.path(of: "postern"), "dkim", "show", "castle.example", "--one-line"])
        for line in shown.text.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            try #require(parts.count == 2)
            try await addRecord("\(parts[0]). 60 IN TXT \(Postern.strings(of: parts[1]))")
        }
    }
}
