// SPDX-License-Identifier: Apache-2.0
import Glibc
import PosternLab
import Testing

@Suite struct `A program in a lab` {
    @Test func `runs as the user it is told, with that user's groups`() async throws {
        try await Lab.with { lab in
            let name = try await lab.run(["id", "-un"], as: "webmaster").text
            let groups = try await lab.run(["id", "-Gn"], as: "postfix").text
            let root = try await lab.run(["id", "-u"]).text
            #expect(name == "webmaster\n")
            #expect(groups.split(whereSeparator: \.isWhitespace).contains("sasl"))
            #expect(root == "0\n")
        }
    }

    @Test func `gives its exit status, its output and its errors apart`() async throws {
        try await Lab.with { lab in
            let result = try await lab.run(
                ["sh", "-c", "cat; echo $WORD >&2; exit 3"], environment: ["WORD": "err"], input: "in")
            #expect(result.exit == .exited(3))
            #expect(result.text == "in")
            #expect(result.errorText == "err\n")
        }
    }

    @Test func `is killed at its limit`() async throws {
        try await Lab.with { lab in
            await #expect(throws: LabFailure.self) { try await lab.run(["sleep", "1000"], within: .milliseconds(200)) }
        }
    }

    @Test func `that goes on can be heard, signalled and stopped`() async throws {
        try await Lab.with { lab in
            let script = "trap 'echo bye; exit 7' TERM; echo hello; while :; do sleep 0.1; done"
            let program = try await lab.start(["sh", "-c", script], as: "alice")
            #expect(try await program.says { $0 == "hello" } == "hello")
            #expect(program.exit == nil)
            #expect(try await program.stop() == .exited(7))
            try await program.says { $0 == "bye" }
        }
    }

    @Test func `looks names up in the lab's DNS`() async throws {
        try await Lab.with { lab in
            #expect(try await lab.run(["getent", "ahostsv4", "mx.other.example"]).text.hasPrefix("198.51.100.71"))
            #expect(
                try await lab.run(["getent", "hosts", "198.51.100.11"]).text.contains(
                    "hotmail-com.olc.protection.outlook.com"))
            #expect(try await lab.run(["getent", "hosts", "nowhere.example"]).exit == .exited(2))
            try await lab.addRecord("nowhere.example. 60 IN A 198.51.100.99")
            #expect(try await lab.run(["getent", "ahostsv4", "nowhere.example"]).text.hasPrefix("198.51.100.99"))
            try await lab.removeRecords(of: "nowhere.example")
            #expect(try await lab.run(["getent", "hosts", "nowhere.example"]).exit == .exited(2))
        }
    }

    @Test func `and the mail log survive a rotation`() async throws {
        try await Lab.with { lab in
            try await lab.submit("Subject: a\n\n", from: "alice@lab.example", to: ["before@gmail.com"])
            try await lab.log(contains: "to=<before@gmail.com>", "status=sent")
            let rotation = try await lab.run(["postfix", "logrotate"])
            #expect(rotation.isSuccess, "\(rotation)")
            try await lab.submit("Subject: b\n\n", from: "alice@lab.example", to: ["after@gmail.com"])
            try await lab.log(contains: "to=<after@gmail.com>", "status=sent")
        }
    }
}
