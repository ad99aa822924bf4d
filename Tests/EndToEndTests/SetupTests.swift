// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let message = "From: alice@lab.example\nTo: bob@gmail.com\nSubject: hello\n\nhello\n"

@Suite(.serialized) struct `Setup` {
    /// What an installed package has: a configuration without domains, and nothing of Postfix's touched.
    private func prepare(_ lab: Lab) async throws {
        try await lab.makeDirectory("/etc/postern", mode: 0o750, owner: "root:postern")
        try await lab.makeDirectory("/run/postern", mode: 0o750, owner: "postern:postern")
        try await lab.write(
            "[replies]\nshipped = \"\(Postern.rules)\"\n[alerts]\nmail = []\n", to: Postern.configurationFile)
        try await Postern.openMailLog(in: lab)
    }

    private func setup(_ lab: Lab, _ arguments: String..., input: String = "") async throws -> ProgramResult {
        try await lab.run(
            [try Executables.path(of: "postern"), "setup"] + arguments, input: input, within: .seconds(120))
    }

    /// Postfix's files; their bytes would fill a report, so they are compared out of an expectation's sight.
    private struct Files: Equatable, CustomStringConvertible {
        var main: [UInt8]
        var master: [UInt8]
        var description: String { "\(main.count) and \(master.count) bytes, \(main.hashValue), \(master.hashValue)" }
    }

    private func files(_ lab: Lab) async throws -> Files {
        Files(main: try await lab.read("/etc/postfix/main.cf"), master: try await lab.read("/etc/postfix/master.cf"))
    }

    private func send(_ lab: Lab, to recipient: String = "bob@gmail.com") async throws {
        try await lab.submit(message, from: "alice@lab.example", to: [recipient], login: .alice)
    }

    @Test func `attaches Postern, has nothing to do a second time, and gives back every byte`() async throws {
        try await Lab.with { lab in
            try await prepare(lab)
            let before = try await files(lab)
            let first = try await setup(lab, "--yes", "--listings")
            #expect(first.isSuccess, "\(first)")
            #expect(first.text.contains("s1._domainkey.lab.example. IN TXT"))
            #expect(first.text.contains("Postfix has read its files anew"))
            let after = try await files(lab)
            #expect(after != before)

            try await Postern.publishKeys(in: lab)
            let postern = try await Postern.start(in: lab)
            try await send(lab)
            let mail = try await lab.received(by: "gmail", within: .seconds(20))
            let signed = try #require(mail.first)
            #expect(try await Signatures(of: signed, in: lab, postern).areWhole)

            let second = try await setup(lab, "--yes", "--listings")
            #expect(second.isSuccess, "\(second)")
            #expect(second.text.contains("nothing to do"), "\(second)")
            #expect(try await files(lab) == after)

            try await Postern.publish("hotmail.com 600 retry:4.7.0 Microsoft lists 192.0.2.1", in: lab)
            try await send(lab, to: "ann@hotmail.com")
            try await lab.log(
                contains: "to=<ann@hotmail.com>, relay=none", "Microsoft lists 192.0.2.1", within: .seconds(20))

            let undone = try await setup(lab, "--undo", "--yes")
            #expect(undone.isSuccess, "\(undone)")
            #expect(try await files(lab) == before)
            try await send(lab)
            let unsigned = try await lab.received(by: "gmail", count: 2, within: .seconds(20))
            #expect(unsigned.last?.signatureCount == 0)
            let again = try await setup(lab, "--undo", "--yes")
            #expect(again.text.contains("nothing to undo"), "\(again)")
        }
    }

    @Test func `changes nothing where it is not told to`() async throws {
        try await Lab.with { lab in
            try await prepare(lab)
            let before = try await files(lab)
            for (arguments, input) in [(["--dry-run"], "y\n"), ([], "n\n"), ([], "")] {
                let result = try await lab.run(
                    [try Executables.path(of: "postern"), "setup"] + arguments, input: input)
                #expect(result.isSuccess, "\(result)")
                #expect(result.text.contains("+smtpd_milters = { unix:postern/milter"), "\(result)")
                #expect(result.text.contains("nothing was changed"))
            }
            #expect(try await files(lab) == before)
            let configuration = try await lab.read(Postern.configurationFile)
            #expect(!String(decoding: configuration, as: UTF8.self).contains("[[domain]]"))
        }
    }

    @Test func `takes back only its own where main cf was changed since, and leaves the site's milters and routes`()
        async throws
    {
        let site = Lab.Configuration(postconf: [
            "smtpd_milters = { inet:127.0.0.1:9999, default_action=accept }",
            "transport_maps = inline:{ lab.test=error:mine }",
        ])
        try await Lab.with(site) { lab in
            try await prepare(lab)
            let master = try await files(lab).master
            let result = try await setup(lab, "--yes", "--listings")
            #expect(result.isSuccess, "\(result)")
            try await lab.postconf(["mailbox_size_limit = 1234567"])
            try await send(lab, to: "x@lab.test")
            try await lab.log(contains: "to=<x@lab.test>", "status=bounced (mine)", within: .seconds(20))

            let undone = try await setup(lab, "--undo", "--yes")
            #expect(undone.isSuccess, "\(undone)")
            #expect(undone.text.contains("main.cf was changed since"))
            let isMasterAsBefore = try await files(lab).master == master
            #expect(isMasterAsBefore)
            let now = try await lab.run(["/usr/sbin/postconf", "-n"]).text
            #expect(!now.contains("postern"), "\(now)")
            #expect(now.contains("smtpd_milters = { inet:127.0.0.1:9999, default_action=accept }\n"))
            #expect(now.contains("transport_maps = inline:{ lab.test=error:mine }\n"))
            #expect(now.contains("mailbox_size_limit = 1234567"))
        }
    }
}
