// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternLab
import Testing

@Suite struct `The manual pages` {
    private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What a program says, both ways, and how it ends.
    private func run(_ program: String, _ arguments: [String]) throws -> (text: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
    }

    @Test func `say what the program says of its commands and keys`() throws {
        let generator = root.appending(path: "packaging/man/generate").path
        let found = try run("/usr/bin/python3", [generator, "--check", try Executables.path(of: "postern")])
        #expect(found.status == 0, "\(found.text)")
    }

    @Test(arguments: ["postern.1", "postern.8", "postern.toml.5"])
    func `leave mandoc nothing to say, but which pages it does not find here`(page: String) throws {
        let found = try run("/usr/bin/mandoc", ["-T", "lint", root.appending(path: "packaging/man/\(page)").path])
        let complaints = found.text.split(separator: "\n").filter {
            !$0.contains("referenced manual not found") && !$0.contains("outdated mandoc.db")
        }
        #expect(complaints == [])
    }

    @Test func `are joined by completions that the shell can read`() throws {
        let executable = try Executables.path(of: "postern")
        let script = try run(executable, ["--generate-completion-script", "bash"])
        let file = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID().uuidString)")
        try script.text.write(to: file, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let checked = try run("/bin/bash", ["-n", file.path])
        #expect(checked.status == 0, "\(checked.text)")
        #expect(script.text.contains("delist"))
    }
}
