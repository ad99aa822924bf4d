// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private func letter(from author: String = "alice@lab.example", number: Int = 0) -> String {
    "From: \(author)\nTo: bob@gmail.com\nSubject: number \(number)\n\nhello\n"
}

/// A lab with Postern attached, its limits enforced.
private func withLimits(
    _ limits: String, mode: String = "enforce", _ body: @escaping (Lab, Postern) async throws -> Void
)
    async throws
{
    try await Lab.with { lab in
        try await Postern.install(in: lab)
        try await Postern.configure(in: lab, more: "[modes]\nlimits = \"\(mode)\"\n\(limits)")
        let postern = try await Postern.start(in: lab)
        try await body(lab, postern)
    }
}

extension Lab {
    /// How many messages lie in the hold queue.
    fileprivate func held() async throws -> Int {
        try await postqueue().count { $0.contains(#""queue_name": "hold""#) }
    }
}

@Suite(.serialized) struct `A burst` {
    @Test func `of a login stops at its limit, whatever its envelope says; the rest is held, and nobody else notices`()
        async throws
    {
        try await withLimits("[[limit]]\nsenders = \"login\"\nrates = [\"20/10m\"]\nover = \"hold\"") { lab, postern in
            for number in 0..<30 {
                let sent = try await lab.submit(
                    letter(number: number), from: "sales\(number)@lab.example", to: ["bob\(number)@gmail.com"],
                    login: .alice)
                #expect(sent.isAccepted)
            }
            let innocent = try await lab.submit(
                letter(from: "bob@lab.example"), from: "bob@lab.example", to: ["carol@yahoo.com"], login: .bob)
            #expect(innocent.isAccepted)
            try await lab.received(by: "yahoo")
            let arrived = try await lab.received(by: "gmail", count: 20)
            #expect(arrived.count == 20)
            let held = try await lab.held()
            #expect(held == 10)
            let status = try await postern.command("status", "--json")
            #expect(status.text.contains(#""held":10"#), "\(status)")
        }
    }

    @Test func `by sendmail is held too, never put off, where it would loop`() async throws {
        try await withLimits(
            "[[limit]]\nsenders = \"local:unknown\"\nrates = [\"5/10m\"]\nover = \"defer\"\n"
                + "[[limit]]\nsenders = \"web\"\nrates = [\"5/10m\"]\nover = \"defer\"\n"
        ) { lab, postern in
            for number in 0..<12 {
                let result = try await lab.sendmail(
                    as: "www-data", arguments: ["bob@gmail.com"], letter(from: "shop@lab.example", number: number))
                #expect(result.isSuccess)
            }
            try await lab.received(by: "gmail", count: 5)
            try await postern.status { $0.contains(#""held":7"#) }
            // The user is learnt from pickup's line in the mail log.
            try await postern.program.says { $0.contains("held: uid:33 is over the limit of 5/10m (web)") }
            let queue = try await lab.postqueue()
            #expect(!queue.contains { $0.contains("maildrop") })
            let held = try await lab.held()
            #expect(held == 7)
        }
    }

    @Test func `by SMTP from a process of this host is put down to its user`() async throws {
        let rule = "[[limit]]\nsenders = \"uid:33\"\nrates = [\"5/10m\"]\nover = \"defer\""
        let script = """
            import smtplib
            codes = []
            for number in range(8):
                smtp = smtplib.SMTP("127.0.0.1", 25)
                smtp.ehlo(); smtp.mail("a%d@lab.example" % number)
                codes.append(smtp.rcpt("bob@gmail.com")[0])
                if codes[-1] == 250: smtp.data("From: shop@lab.example\\n\\nx\\n")
                smtp.quit()
            print(codes)
            """
        try await withLimits(rule) { lab, _ in
            let web = try await lab.run(["/usr/bin/python3", "-c", script], as: "www-data")
            #expect(web.text == "[250, 250, 250, 250, 250, 450, 450, 450]\n", "\(web)")
            let other = try await lab.run(["/usr/bin/python3", "-c", script], as: "bob")
            #expect(other.text == "[250, 250, 250, 250, 250, 250, 250, 250]\n", "\(other)")
        }
    }

    @Test func `is refused recipient by recipient where the site defers, and what was reset is given back`()
        async throws
    {
        try await withLimits("[[limit]]\nsenders = \"login\"\nrates = [\"5/10m\"]\nover = \"defer\"") { lab, _ in
            let session = try await lab.connect(port: 587)
            _ = try await session.login(.alice)
            let reset = try await session.send(
                "MAIL FROM:<alice@lab.example>", "RCPT TO:<a@gmail.com>", "RCPT TO:<b@gmail.com>", "RSET")
            #expect(reset.map(\.code) == [250, 250, 250, 250])
            let sent = try await session.submit(
                Lab.withCRLF(letter()), from: "alice@lab.example", to: (0..<8).map { "bob\($0)@gmail.com" })
            #expect(sent.rcptTo.map(\.code) == [250, 250, 250, 250, 250, 450, 450, 450])
            #expect(sent.isAccepted)
            #expect(sent.rcptTo.last?.lines.last?.contains("the limit is 5/10m; try again in") == true)
            await session.quit()
            let arrived = try await lab.received(by: "gmail", count: 1)
            #expect(arrived.flatMap(\.recipients).count == 5)
        }
    }

    @Test func `only observed passes whole, and is counted`() async throws {
        try await withLimits("[[limit]]\nsenders = \"login\"\nrates = [\"5/10m\"]", mode: "observe") { lab, postern in
            for number in 0..<8 {
                try await lab.submit(
                    letter(number: number), from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            }
            try await lab.received(by: "gmail", count: 8)
            let status = try await postern.command("status", "--json")
            #expect(status.text.contains(#""observed":3"#), "\(status)")
        }
    }

    @Test func `from outside for our own domain is not limited`() async throws {
        try await withLimits(
            ["login", "web", "local:unknown", "trusted", "server"].map {
                "[[limit]]\nsenders = \"\($0)\"\nrates = [\"1/1h\"]\nover = \"reject\"\n"
            }.joined()
        ) { lab, _ in
            for number in 0..<10 {
                let sent = try await lab.submit(
                    letter(from: "eve@outsider.example", number: number), from: "eve@outsider.example",
                    to: ["alice@lab.example"], client: Place.outsider)
                #expect(sent.isAccepted)
            }
        }
    }
}
