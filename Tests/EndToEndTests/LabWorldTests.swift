// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import PosternLab

@Suite struct `A lab's world` {
    @Test func `shares nothing with another that runs at the same time`() async throws {
        try await Lab.with { first in
            try await Lab.with { second in
                try await first.write("first\n", to: "/etc/postern/name")
                try await second.write("second\n", to: "/etc/postern/name")
                #expect(try await first.read("/etc/postern/name") == Array("first\n".utf8))
                for (lab, name) in [(first, "first"), (second, "second")] {
                    try await lab.submit("Subject: \(name)\n\n", from: "alice@lab.example", to: ["\(name)@gmail.com"])
                    #expect(try await lab.received(by: "gmail").map(\.recipients) == [["\(name)@gmail.com"]])
                }
            }
            try await first.submit("Subject: after\n\n", from: "alice@lab.example", to: ["after@gmail.com"])
            try await first.received(by: "gmail", count: 2)
        }
    }

    @Test func `is not seen by any thread of ours, nor by the host`() async throws {
        let mounts = try text(of: "/proc/self/mountinfo")
        try await Lab.with { lab in
            let there = try await lab.run(["readlink", "/proc/self/ns/net", "/proc/self/ns/mnt"]).text
            #expect(there.contains("net:[") && there.contains("mnt:["))
            for place in placesOfThreads() { #expect(!there.contains(place)) }
            try await lab.write("x", to: "/etc/lab-was-here")
            #expect(access("/etc/lab-was-here", F_OK) != 0)
            #expect(access(lab.path(of: "/etc/lab-was-here"), F_OK) == 0)
        }
        #expect(try text(of: "/proc/self/mountinfo") == mounts)
    }

    @Test func `ends with everything in it when its keeper is killed`() async throws {
        try await Lab.with { lab in
            let program = try await lab.start(["sleep", "1000"])
            kill(lab.world.keeperProcess, SIGKILL)
            #expect(try await program.wait() == .killed(SIGKILL))
            await #expect(throws: LabFailure.self) {
                try await lab.log(contains: "what no line says", within: .seconds(1))
            }
        }
    }

    @Test func `ends with everything in it when its controller is killed`() async throws {
        let (output, input) = try SystemCall.pipe()
        let nothing = try SystemCall.memoryFile("nothing")
        defer { for file in [output, nothing] { close(file) } }
        let arguments = [
            try Executables.path(of: "postern-lab"), "run", "--", "sh", "-c", "echo ready; exec sleep 1000",
        ]
        let controller = try ChildProcess(
            Spawn(arguments: arguments, input: nothing, output: input, errors: input).start())
        close(input)
        #expect(try SystemCall.read(output, limit: 6) == Array("ready\n".utf8))
        controller.signal(SIGKILL)
        #expect(try await controller.exit(of: "postern-lab", within: .seconds(10)) == .killed(SIGKILL))
        // The world's keeper holds this pipe as its standard error, and the kernel lets it go when all else inside has gone.
        #expect(try SystemCall.read(output, limit: 1 << 20).isEmpty)
    }

    @Test func `is refused to who is not root, with the reason`() async throws {
        try await Lab.with { lab in
            let copy = "/run/postern-lab"
            try await lab.world.require(["cp", Executables.path(of: "postern-lab"), copy])
            let result = try await lab.run([copy, "run", "--", "true"], as: "www-data")
            #expect(!result.isSuccess)
            #expect(result.errorText.contains("a lab needs root"))
        }
    }

    /// The namespaces in which the threads of this process stand: "net:[4026531840]".
    private func placesOfThreads() -> Set<String> {
        guard let directory = opendir("/proc/self/task") else { return [] }
        defer { closedir(directory) }
        var places: Set<String> = []
        while let entry = readdir(directory) {
            let thread =
                entry.pointee.d_ino == 0
                ? ""
                : withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
            for kind in ["net", "mnt"] {
                var buffer = [CChar](repeating: 0, count: 64)
                guard readlink("/proc/self/task/\(thread)/ns/\(kind)", &buffer, 63) > 0 else { continue }
                places.insert(String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
            }
        }
        return places
    }

    private func text(of path: String) throws -> String {
        let file = try SystemCall.check("open", open(path, O_RDONLY | O_CLOEXEC))
        defer { close(file) }
        return String(decoding: try SystemCall.read(file, limit: 1 << 20), as: UTF8.self)
    }
}
