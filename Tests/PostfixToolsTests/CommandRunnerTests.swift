// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixTools
import SeededRandom
import Testing

@Suite struct `A program that is run` {
    private let runner = CommandRunner(limit: .seconds(20), maximumOutput: 1 << 20)

    private func shell(_ script: String, input: [UInt8] = []) -> Command {
        Command("/bin/sh", ["-c", script], input: input)
    }

    @Test func `tells what it wrote and how it ended`() throws {
        let result = try runner.run(shell("echo out; echo err >&2; exit 3"))
        #expect(result.text == "out\n")
        #expect(result.errors == Array("err\n".utf8))
        #expect(result.exit == .exited(3))
        #expect(throws: CommandError.failed(program: "sh", complaint: "err")) { try result.orThrow() }
    }

    @Test func `gets its arguments as they are`() throws {
        let awkward = ["a b", "$(id)", "", "*", "'\"\n;", "--", "ä"]
        let result = try runner.run(Command("/usr/bin/printf", ["%s|"] + awkward))
        #expect(result.text == awkward.map { $0 + "|" }.joined())
    }

    @Test func `reads what it is given, and writes more than a pipe holds, both at once`() throws {
        var random = SplitMix64(seed: 3)
        let input = (0..<900_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(try runner.run(Command("/bin/cat", input: input)).output == input)
    }

    @Test func `that reads nothing does no harm to who writes`() throws {
        let result = try runner.run(Command("/bin/true", input: [UInt8](repeating: 1, count: 4_000_000)))
        #expect(result.isSuccess)
    }

    @Test func `has an empty standard input where nothing is given`() throws {
        #expect(try runner.run(Command("/bin/cat")).output == [])
    }

    @Test func `gets no descriptor of ours and nothing of our environment`() throws {
        #expect(try runner.run(shell("ls /proc/$$/fd")).text == "0\n1\n2\n")
        let lines = try runner.run(Command("/usr/bin/env")).text.split(separator: "\n").sorted()
        #expect(lines == ["LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"])
    }

    @Test func `that does not end is killed when its time is up, with what it started`() throws {
        let short = CommandRunner(limit: .milliseconds(200))
        let error = #expect(throws: CommandError.self) {
            try short.run(shell("echo $$ >&2; (exec sleep 1000) & exec sleep 1000"))
        }
        #expect(error == .late(program: "sh", limit: .milliseconds(200)))
        #expect(error?.description == "sh did not end within 0.2 seconds, and was killed")
    }

    @Test func `that closes its output and goes on is waited for`() throws {
        let result = try runner.run(shell("exec >&- 2>&-; sleep 0.1; exit 7"))
        #expect(result.exit == .exited(7))
    }

    @Test func `is done when it has ended, though what it left behind holds its output`() throws {
        let result = try runner.run(shell("sleep 15 & echo done"))
        #expect(result.text == "done\n")
        #expect(result.isSuccess)
    }

    @Test func `may write so much and not a byte more`() throws {
        let runner = CommandRunner(maximumOutput: 1000)
        #expect(try runner.run(shell("head -c 1000 /dev/zero")).output.count == 1000)
        #expect(throws: CommandError.talkative(program: "sh", limit: 1000)) {
            try runner.run(shell("head -c 1001 /dev/zero"))
        }
        #expect(throws: CommandError.talkative(program: "yes", limit: 1000)) { try runner.run(Command("/usr/bin/yes")) }
    }

    @Test func `that floods its standard error is heard for a while only`() throws {
        let result = try runner.run(shell("head -c 3000000 /dev/zero >&2; exit 1"))
        #expect(result.errors.count == CommandRunner.maximumErrors)
    }

    @Test func `is killed when nothing more is wanted`() throws {
        var heard = 0
        let result = try runner.run(Command("/usr/bin/yes")) { bytes in
            heard += bytes.count
            return heard < 10_000
        }
        #expect(result.isSuccess)
    }

    @Test func `that is not there, or no program, is said`() {
        let absent = #expect(throws: CommandError.self) { try runner.run(Command("/nonexistent/postqueue", ["-j"])) }
        #expect(absent?.description == "/nonexistent/postqueue cannot be started: No such file or directory")
        #expect(throws: CommandError.self) { try runner.run(Command("postqueue")) }
        #expect(throws: CommandError.self) { try runner.run(Command("/bin/echo", ["a\0b"])) }
        #expect(throws: CommandError.self) { try runner.run(Command("/etc/passwd")) }
    }

    @Test func `says how a signal ended it`() throws {
        let result = try runner.run(shell("kill -TERM $$"))
        #expect(result.exit == .killed(15))
        #expect(result.complaint == "killed by signal 15")
    }

    @Test func `can be waited for by many tasks at once`() async throws {
        try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<20 {
                group.addTask { try await runner.result(of: Command("/bin/echo", ["\(number)"])).text }
            }
            var texts: Set<String> = []
            for try await text in group { texts.insert(text) }
            #expect(texts.count == 20)
        }
    }
}
