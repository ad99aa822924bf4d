// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite(.serialized) struct `A listing without its daemon` {
    @Test func `goes on, and ends as it would have once the daemon is back`() async throws {
        try await withListings { lab, postern in
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .rcptTo))
            var sent = [try await lab.send(0, to: "bob@hotmail.com")]
            try await lab.route("hotmail.com", isThere: true)
            postern.program.signal(9)
            _ = try await postern.program.wait()
            // Without the daemon Postfix goes by the routes that it finds.
            sent.append(try await lab.send(1, to: "eve@hotmail.com"))
            sent.append(try await lab.send(2, to: "fay@outlook.com"))
            sent.append(try await lab.send(3, to: "gus@live.com"))
            try await lab.log(contains: "gus@live.com", "kept and will be retried")
            let tried = lab.mx.attempts.entries { $0.stage == .rcptTo }
            #expect(tried.count == 1)
            try lab.mx.script("microsoft-consumer", [])
            _ = try await Postern.start(in: lab)
            let arrived = try await lab.received(by: "microsoft-consumer", count: 4, within: .seconds(100))
            let account = MailAccount(of: arrived)
            #expect(account.duplicated.isEmpty)
            #expect(account.missing(of: sent).isEmpty)
        }
    }

    @Test func `ends with its lease where the daemon never comes back, and then bounces nothing either`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"\n[listings]\nlease = \"10s\"") { lab, postern in
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            postern.program.signal(9)
            _ = try await postern.program.wait()
            try await lab.route("hotmail.com", isThere: false, within: .seconds(90))
            let position = lab.mailLog.position
            _ = try await lab.send(1, to: "eve@hotmail.com")
            try await lab.log(contains: "eve@hotmail.com", "S3150", "status=deferred", from: position)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
            #expect(try await lab.postqueue().count == 2)
        }
    }

    @Test func `goes on over a reboot of Postfix and daemon: nothing is tried meanwhile`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, postern in
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            for number in 1...3 { _ = try await lab.send(number, to: "bob\(number)@hotmail.com") }
            try await lab.log(contains: "bob3@hotmail.com", "kept and will be retried")
            postern.program.signal(9)
            _ = try await postern.program.wait()
            #expect(try await lab.run(["postfix", "stop"]).isSuccess)
            let position = lab.mailLog.position
            // Postfix is up first, as it is on most hosts, and looks at its whole queue.
            #expect(try await lab.run(["postfix", "start"], within: .seconds(60)).isSuccess)
            try await lab.flush()
            try await lab.log(contains: "bob3@hotmail.com", "kept and will be retried", from: position)
            _ = try await Postern.start(in: lab)
            try await lab.route("outlook.com", isThere: true)
            #expect(lab.mx.attempts.entries { $0.stage == .rcptTo }.count == 1)
            #expect(try await lab.postqueue().count == 4)
        }
    }
}
