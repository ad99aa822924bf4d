// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let helperSocket = "/run/postern-queue-helper.sock"

private func letter(number: Int) -> String {
    "From: alice@lab.example\nTo: bob@gmail.com\nSubject: number \(number)\n\nhello\n"
}

/// A lab in which a login may send two messages, and has sent `count`.
private func withHeldMail(
    sending count: Int, more: String = "", _ body: @escaping (Lab, Postern) async throws -> Void
) async throws {
    try await Lab.with { lab in
        try await Postern.install(in: lab)
        try await Postern.configure(
            in: lab,
            more: """
                [modes]
                limits = "enforce"
                [[limit]]
                senders = "login"
                rates = ["2/10m"]
                over = "hold"
                \(more)
                """)
        let postern = try await Postern.start(in: lab)
        for number in 0..<count {
            try await lab.submit(
                letter(number: number), from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
        }
        try await body(lab, postern)
    }
}

extension Lab {
    /// The queue IDs of what lies in the hold queue.
    fileprivate func onHold() async throws -> [String] {
        try await postqueue().filter { $0.contains(#""queue_name": "hold""#) }.compactMap { line in
            line.split(separator: "\"").drop { $0 != "queue_id" }.dropFirst(2).first.map(String.init)
        }
    }

    /// A line said to the helper by some user, and what it answers.
    fileprivate func ask(_ line: String, as user: String) async throws -> String {
        let script = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX); s.connect("\(helperSocket)")
            try: s.sendall(sys.argv[1].encode() + b"\\n")
            except BrokenPipeError: pass
            answer = b""
            while True:
                # Who is refused may be cut off before the helper has read what was said.
                try: more = s.recv(65536)
                except ConnectionResetError: break
                if not more: break
                answer += more
            print(answer.decode(), end="")
            """
        return try await run(["/usr/bin/python3", "-c", script, line], as: user).text
    }

    /// Asks for the held mail until the ledger has so many records.
    fileprivate func held(_ count: Int, by postern: Postern) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            let text = try await postern.command("held", "--json").text
            if text.components(separatedBy: "\"queueId\"").count == count + 1 { return text }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("\(count) held messages", within: .seconds(10), seen: text)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}

@Suite(.serialized) struct `Held mail` {
    @Test func `is shown with sender and reason, and once freed is delivered, once, not limited again`() async throws {
        try await withHeldMail(sending: 4) { lab, postern in
            _ = try await Postern.startQueueHelper(in: lab)
            let shown = try await lab.held(2, by: postern)
            #expect(shown.contains(#""login:alice@lab.example""#), "\(shown)")
            #expect(shown.contains("over the limit of 2/10m (login)"), "\(shown)")
            #expect(shown.contains("bob@gmail.com"), "\(shown)")

            let dry = try await postern.command("free", "--all", "--dry-run")
            #expect(dry.isSuccess)
            #expect(dry.text.contains("to free: 2 messages of one sender"), "\(dry)")
            let before = try await lab.onHold()
            #expect(before.count == 2)

            let unasked = try await postern.command("free", "--all")
            #expect(unasked.exit == .exited(2), "\(unasked)")

            let freed = try await postern.command("free", "--sender", "login:alice@lab.example", "--yes")
            #expect(freed.isSuccess, "\(freed)")
            #expect(freed.text.hasSuffix("\nfreed 2 messages\n"), "\(freed)")
            let arrived = try await lab.received(by: "gmail", count: 4)
            #expect(arrived.count == 4)
            let after = try await lab.onHold()
            #expect(after == [])
            let status = try await postern.command("status", "--json")
            #expect(status.text.contains(#""held":2"#), "\(status)")
            _ = try await lab.held(0, by: postern)
        }
    }

    @Test func `is deleted by drop; what somebody else holds is told apart and stays, also without the daemon`()
        async throws
    {
        try await withHeldMail(sending: 3) { lab, postern in
            _ = try await Postern.startQueueHelper(in: lab)
            _ = try await lab.held(1, by: postern)
            try await lab.postconf(["smtpd_client_restrictions = static:hold"])
            try await lab.submit(
                letter(number: 9), from: "eve@outsider.example", to: ["alice@lab.example"], client: Place.outsider)
            try await postern.program.stop()
            let shown = try await lab.held(1, by: postern)
            #expect(shown.contains(#""others" : 1"#), "\(shown)")
            let dropped = try await postern.command("drop", "--all", "--yes")
            #expect(dropped.text.contains("deleted 1 message\n"), "\(dropped)")
            let left = try await lab.onHold()
            #expect(left.count == 1)
            let nothing = try await postern.command("drop", "--all", "--yes")
            #expect(nothing.exit == .exited(1), "\(nothing)")
            let table = try await postern.command("held")
            #expect(table.text == "nothing is held\nheld by somebody else: 1\n", "\(table)")
        }
    }

    @Test func `without the helper needs root's hand, and the command says what to type`() async throws {
        try await withHeldMail(sending: 3) { lab, postern in
            _ = try await lab.held(1, by: postern)
            let id = try await lab.onHold().first ?? ""
            let result = try await postern.command("free", id, "--yes")
            #expect(result.exit == .exited(69), "\(result)")
            #expect(result.errorText.hasSuffix("\npostsuper -H \(id)\n"), "\(result)")
            let still = try await lab.onHold()
            #expect(still == [id])
        }
    }

    @Test func `of one sender is bounded: beyond that the client is put off, and the first is told of`() async throws {
        try await withHeldMail(sending: 4, more: "held-at-most = 2") { lab, postern in
            _ = try await lab.held(2, by: postern)
            let fifth = try await lab.submit(
                letter(number: 5), from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(!fifth.isAccepted)
            #expect(fifth.endOfData?.code == 450, "\(fifth)")
            #expect(fifth.endOfData?.lines.last?.contains("4.7.1 too many messages wait") == true, "\(fifth)")
            let told = postern.program.lines.entries().filter { $0.contains("mail of login:alice@lab.example is held") }
            #expect(told.count == 1)
        }
    }

    @Test func `is let go over the status socket too, if it is ours`() async throws {
        try await withHeldMail(sending: 4) { lab, postern in
            _ = try await Postern.startQueueHelper(in: lab)
            _ = try await lab.held(2, by: postern)
            let id = try await lab.onHold().first ?? ""
            func order(_ path: String, _ body: String = "") async throws -> String {
                try await lab.run([
                    "/usr/bin/curl", "-s", "-X", "POST", "--data", body, "--unix-socket", "/run/postern/status.sock",
                    "http://postern\(path)",
                ]).text
            }
            let unknown = try await order("/v1/held/4F00000000/free")
            #expect(unknown.contains("no limit holds"), "\(unknown)")
            let one = try await order("/v1/held/\(id)/free")
            #expect(one.contains("freed \(id)"), "\(one)")
            let rest = try await order("/v1/held/free", #"{"sender":"login:alice@lab.example"}"#)
            #expect(rest.contains("freed 1 message"), "\(rest)")
            try await lab.received(by: "gmail", count: 4)
            #expect(try await lab.onHold().isEmpty)
        }
    }

    @Test func `is not touched by whoever may not, nor by what is no request`() async throws {
        try await withHeldMail(sending: 3) { lab, postern in
            let helper = try await Postern.startQueueHelper(in: lab)
            let id = try await lab.onHold().first ?? ""
            let stranger = try await lab.ask("release \(id)", as: "www-data")
            #expect(stranger == "refused only root and the daemon's user may ask\n")
            for line in [
                "", "release", "release  \(id)", "release \(id);id", "release ALL", "release -", "delete ../\(id)",
                "preview \(id) \(id)", "reload-qmgr x", "exec \(id)",
                "release " + String(repeating: "\(id) ", count: 2000),
            ] {
                let answer = try await lab.ask(line, as: "postern")
                #expect(answer == "refused that is no request\n", "\(line.prefix(60))")
            }
            let still = try await lab.onHold()
            #expect(still == [id])
            let preview = try await lab.ask("preview \(id)", as: "postern")
            #expect(preview.hasPrefix("ok 1\n"), "\(preview)")
            #expect(preview.contains("Subject: number 2"), "\(preview)")
            let reload = try await lab.ask("reload-qmgr", as: "postern")
            #expect(reload == "ok 1\n")
            let again = try await lab.ask("reload-qmgr", as: "postern")
            #expect(again.hasPrefix("refused "), "\(again)")
            let release = try await lab.ask("release \(id)", as: "postern")
            #expect(release == "ok 1\n")
            let flushed = try await lab.run(["/usr/sbin/postqueue", "-i", id])
            #expect(flushed.isSuccess)
            try await lab.received(by: "gmail", count: 3)
            try await helper.says { $0.contains("release \(id): done, 1") }
        }
    }
}
