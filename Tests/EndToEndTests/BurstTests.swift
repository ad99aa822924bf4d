// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private func letter(from author: String = "alice@lab.example", number: Int = 0) -> String {
    "From: \(author)\nTo: bob@gmail.com\nMessage-ID: <\(number)@lab.example>\nSubject: number \(number)\n\nhello\n"
}

/// Whom the site's limits stop, unless a test says otherwise: everybody, soon.
private let strict = ["web", "local:unknown", "trusted", "forwarder", "server"].map {
    "[[limit]]\nsenders = \"\($0)\"\nrates = [\"2000/1h\"]\nover = \"reject\"\n"
}.joined()

private func withLimits(
    _ limits: String, senders: String = #"hosted-domains = ["lab.example"]"#,
    _ body: @escaping (Lab, Postern) async throws -> Void
) async throws {
    try await Lab.with { lab in
        try await Postern.install(in: lab)
        try await Postern.configure(in: lab, senders: senders, more: "[modes]\nlimits = \"enforce\"\n\(limits)")
        try await body(lab, try await Postern.start(in: lab))
    }
}

@Suite(.serialized) struct `A great burst` {
    /// Outsiders' mail for our own domain and one that we relay, from within one process.
    private static let outsiders = """
        import smtplib, sys
        accepted = 0
        smtp = smtplib.SMTP("192.0.2.1", 25, source_address=("203.0.113.66", 0))
        for number in range(int(sys.argv[1])):
            to = ["alice@lab.example", "carol@relayed.example"][number % 2]
            try:
                smtp.sendmail("eve%d@outsider.example" % number, [to], "From: e@outsider.example\\n\\nx\\n")
                accepted += 1
            except smtplib.SMTPException as error:
                print(error)
        print(accepted)
        """

    @Test
    func `of a login over a kill and a restart reaches no more than its limit; the rest is held and nobody else waits`()
        async throws
    {
        try await withLimits(
            "[[limit]]\nsenders = \"login\"\nrates = [\"1000/1h\"]\nover = \"hold\"\n" + strict,
            senders: "hosted-domains = [\"lab.example\"]\nrelayed-domains = [\"relayed.example\"]"
        ) { lab, postern in
            try await lab.postconf([
                "relay_domains = relayed.example", "transport_maps = inline:{relayed.example=discard:}",
            ])
            func burst(_ messages: Range<Int>) async throws {
                let session = try await lab.connect(port: 587)
                _ = try await session.login(.alice)
                for number in messages {
                    let sent = try await session.submit(
                        Lab.withCRLF(letter(number: number)), from: "alice\(number)@lab.example",
                        to: (0..<250).map { "r\(number)x\($0)@gmail.com" })
                    #expect(sent.isAccepted)
                }
                await session.quit()
            }
            try await burst(0..<3)
            let kept = try await lab.kept(750, under: "login")
            #expect(kept == "750")
            postern.program.signal(9)
            try await postern.program.wait()
            let next = try await Postern.start(in: lab)
            async let outside = lab.run(
                ["/usr/bin/python3", "-c", Self.outsiders, "2000"], within: .seconds(120))
            try await burst(3..<40)
            let innocent = try await lab.submit(
                letter(from: "bob@lab.example"), from: "bob@lab.example", to: ["carol@yahoo.com"], login: .bob)
            #expect(innocent.isAccepted)
            try await lab.received(by: "yahoo")
            let outsiders = try await outside
            #expect(outsiders.text == "2000\n")
            let arrived = try await lab.received(by: "gmail", count: 4, within: .seconds(90))
            let reached = arrived.flatMap(\.recipients)
            #expect(reached.count == 1000)
            #expect(Set(reached).count == 1000)
            let held = try await lab.heldMail()
            #expect(held.recipients == 9000)
            let status = try await next.command("status", "--json")
            #expect(status.text.contains(#""held":36"#), "\(status)")
        }
    }

    @Test func `by sendmail of one user over a kill and a restart reaches no more than its limit; the rest is held`()
        async throws
    {
        try await withLimits(
            "[[limit]]\nsenders = \"uid:33\"\nrates = [\"1000/1h\"]\nover = \"hold\"\n"
        ) { lab, postern in
            func burst(_ messages: Range<Int>) async throws {
                for number in messages {
                    let result = try await lab.sendmail(
                        as: "www-data", arguments: (0..<250).map { "r\(number)x\($0)@gmail.com" },
                        letter(from: "shop@lab.example", number: number))
                    #expect(result.isSuccess)
                }
            }
            try await burst(0..<3)
            let kept = try await lab.kept(750, under: "uid:33")
            #expect(kept == "750")
            postern.program.signal(9)
            try await postern.program.wait()
            let next = try await Postern.start(in: lab)
            try await burst(3..<40)
            try await next.status(within: .seconds(90)) { $0.contains(#""held":36"#) }
            let arrived = try await lab.received(by: "gmail", count: 4, within: .seconds(90))
            let reached = arrived.flatMap(\.recipients)
            #expect(reached.count == 1000)
            #expect(Set(reached).count == 1000)
            let held = try await lab.heldMail()
            #expect(held.recipients == 9000)
        }
    }

    @Test func `with the null sender counts like any other of a login`() async throws {
        try await withLimits("[[limit]]\nsenders = \"login\"\nrates = [\"5/1h\"]\nover = \"reject\"\n") { lab, _ in
            var accepted = 0
            for number in 0..<8 {
                let sent = try await lab.submit(letter(number: number), from: "", to: ["bob@gmail.com"], login: .alice)
                accepted += sent.isAccepted ? 1 : 0
            }
            #expect(accepted == 5)
        }
    }
}

@Suite(.serialized) struct `A message that a later milter refuses` {
    /// A milter that lets everything pass up to the end of the message, and refuses it there (the protocol of Sendmail's
    /// libmilter: a length, a letter, data).
    private static let milter = """
        import os, socket, struct
        path = "/var/spool/postfix/postern/late"
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        os.chmod(path, 0o666)
        server.listen(8)
        print("refuses")
        while True:
            peer, _ = server.accept()
            stream = peer.makefile("rwb")
            while True:
                head = stream.read(4)
                if len(head) < 4: break
                packet = stream.read(struct.unpack(">I", head)[0])
                command = packet[:1]
                if command == b"Q": break
                if command in b"DA": continue
                answer = b"c"
                if command == b"O": answer = b"O" + struct.pack(">III", 6, 0, 0)
                if command == b"E": answer = b"y550 5.7.1 not today\\0"
                stream.write(struct.pack(">I", len(answer)) + answer)
                stream.flush()
            peer.close()
        """

    @Test func `is given back to the sender's limit`() async throws {
        try await withLimits("[[limit]]\nsenders = \"login\"\nrates = [\"3/1h\"]\nover = \"reject\"\n") { lab, _ in
            let late = try await lab.start(["/usr/bin/python3", "-u", "-c", Self.milter], as: "postern")
            try await late.says { $0.contains("refuses") }
            let milters = "smtpd_milters = \(Postern.milter), unix:postern/late"
            try await lab.postconf([milters])
            func submit(_ number: Int) async throws -> PosternLab.Submission {
                try await lab.submit(
                    letter(number: number), from: "alice@lab.example", to: (0..<3).map { "bob\($0)@gmail.com" },
                    login: .alice)
            }
            let refused = try await submit(0)
            #expect(refused.rcptTo.map(\.code) == [250, 250, 250])
            #expect(refused.endOfData?.isPositive == false, "\(refused)")
            try await lab.log(contains: "milter-reject: END-OF-MESSAGE", "not today")
            try await lab.postconf(["smtpd_milters = \(Postern.milter)"])
            // A refusal that the log tells of is believed after a few seconds, if qmgr(8) says nothing else.
            let deadline = ContinuousClock.now + .seconds(20)
            var sent = try await submit(1)
            while sent.rcptTo.map(\.code) != [250, 250, 250], ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(200))
                sent = try await submit(1)
            }
            #expect(sent.isAccepted && sent.rcptTo.map(\.code) == [250, 250, 250], "\(sent)")
        }
    }
}

@Suite(.serialized) struct `Mail that comes a second time` {
    /// Hands on by SMTP what a program of this host got: the same message, to others.
    private static let handOn = """
        import smtplib, sys
        smtp = smtplib.SMTP("127.0.0.1", 25)
        codes = []
        content = sys.stdin.read()
        smtp.ehlo(); smtp.mail("bounces@lab.example")
        for number in range(int(sys.argv[1])):
            codes.append(smtp.rcpt("member%d@gmail.com" % number)[0])
        print(smtp.data(content)[0], codes.count(250))
        """

    @Test func `from a list manager counts once, for the list manager`() async throws {
        try await withLimits(
            """
            [[sender-class]]
            senders = "uid:38"
            class = "list"
            [[limit]]
            senders = "login"
            rates = ["5/1h"]
            over = "reject"
            [[limit]]
            senders = "list"
            rates = ["195/1h"]
            over = "defer"

            """
        ) { lab, _ in
            let content = letter(number: 1)
            let sent = try await lab.submit(
                content, from: "alice@lab.example",
                to: ["bob@lab.example", "a@gmail.com", "b@gmail.com", "c@gmail.com", "d@gmail.com"], login: .alice)
            #expect(sent.isAccepted)
            let expanded = try await lab.run(
                ["/usr/bin/python3", "-c", Self.handOn, "200"], as: "list", input: content)
            #expect(expanded.text == "250 195\n", "\(expanded)")
            // What the list sent is not laid to alice: she has one recipient left.
            let more = try await lab.submit(
                letter(number: 2), from: "alice@lab.example", to: ["e@gmail.com", "f@gmail.com"], login: .alice)
            #expect(more.rcptTo.map(\.code) == [250, 550])
        }
    }

    @Test func `from a service that filters it counts once; as much again does count, and a web user's copy too`()
        async throws
    {
        try await withLimits(
            ["login", "system", "web"].map {
                "[[limit]]\nsenders = \"\($0)\"\nrates = [\"3/1h\"]\nover = \"hold\"\n"
            }.joined()
        ) { lab, postern in
            let content = letter(number: 1)
            let sent = try await lab.submit(
                content, from: "alice@lab.example", to: (0..<3).map { "bob\($0)@gmail.com" }, login: .alice)
            #expect(sent.isAccepted)
            try await lab.received(by: "gmail", count: 1)
            // Twice what would be over the filter's own limit if it counted: the first is alice's, come back.
            for number in 1...3 {
                let handedOn = try await lab.run(
                    ["/usr/bin/python3", "-c", Self.handOn, "3"], as: "daemon", input: content)
                #expect(handedOn.text == "250 3\n", "\(handedOn)")
                let held = try await lab.heldMail()
                #expect(held.messages == (number == 3 ? 1 : 0))
            }
            let copied = try await lab.run(
                ["/usr/bin/python3", "-c", Self.handOn, "4"], as: "www-data", input: content)
            #expect(copied.text == "250 4\n", "\(copied)")
            try await postern.status { $0.contains(#""held":2"#) }
        }
    }

    @Test(arguments: ["no_milters", "no_unknown_recipient_checks"])
    func `through a content filter counts once and is signed once, whether the milter sees it again or not`(
        options: String
    ) async throws {
        try await withLimits(
            ["login", "system", "local:unknown", "server"].map {
                "[[limit]]\nsenders = \"\($0)\"\nrates = [\"3/1h\"]\nover = \"reject\"\n"
            }.joined()
        ) { lab, _ in
            let filter = try await lab.start(["/usr/bin/python3", "-u", "-c", ContentFilter.script], as: "daemon")
            try await filter.says { $0.contains("filters") }
            try await lab.postconf(
                ["content_filter = smtp:[127.0.0.1]:10024"],
                services: [
                    "127.0.0.1:10025/inet=127.0.0.1:10025 inet n - n - - smtpd -o content_filter= "
                        + "-o receive_override_options=\(options)"
                ])
            for number in 0..<3 {
                let sent = try await lab.submit(
                    letter(number: number), from: "alice@lab.example", to: ["bob\(number)@gmail.com"], login: .alice)
                #expect(sent.isAccepted)
            }
            let arrived = try await lab.received(by: "gmail", count: 3, within: .seconds(90))
            for mail in arrived {
                // One of RSA and one of Ed25519.
                #expect(mail.text.matches(of: /DKIM-Signature:/).count == 2)
            }
            let fourth = try await lab.submit(
                letter(number: 4), from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(!fourth.isAccepted)
        }
    }

    @Test func `because an address of ours stands for one elsewhere is laid to nobody`() async throws {
        try await withLimits(
            ["login", "system", "web", "local:unknown", "trusted", "forwarder", "server"].map {
                "[[limit]]\nsenders = \"\($0)\"\nrates = [\"1/1h\"]\nover = \"reject\"\n"
            }.joined()
        ) { lab, _ in
            try await lab.postconf(["virtual_alias_maps = inline:{forward@lab.example=bob@gmail.com}"])
            for number in 0..<5 {
                let sent = try await lab.submit(
                    letter(from: "eve@outsider.example", number: number), from: "eve@outsider.example",
                    to: ["forward@lab.example"], client: Place.outsider)
                #expect(sent.isAccepted)
            }
            try await lab.received(by: "gmail", count: 5)
        }
    }
}
