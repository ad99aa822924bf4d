// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension World {
    /// The most that is kept of what a program writes, in bytes.
    private static var outputLimit: Int { 16 << 20 }

    /// Starts a program inside.
    func start(_ spawn: Spawn) async throws -> ChildProcess {
        let pid = try await inside { try spawn.start() }
        return try ChildProcess(pid)
    }

    /// Runs a program inside to its end; it is killed at the limit.
    func run(
        _ arguments: [String], as user: String? = nil, environment: [String: String] = [:], input: [UInt8] = [],
        within limit: Duration = .seconds(120)
    ) async throws -> ProgramResult {
        // Files in memory, not pipes: what a program leaves running may keep them without keeping us.
        let files = try ["input", "output", "errors"].map {
            try SystemCall.memoryFile($0, holding: $0 == "input" ? input : [])
        }
        defer { for file in files { close(file) } }
        let child = try await start(
            Spawn(
                arguments: arguments, user: user, environment: environment, input: files[0], output: files[1],
                errors: files[2]))
        let name = arguments.joined(separator: " ")
        let exit: ProgramExit
        do {
            exit = try await child.exit(of: name, within: limit)
        } catch {
            child.signal(SIGKILL)
            let seen = try? ProgramResult(
                exit: .killed(SIGKILL), output: Self.content(of: files[1]), errors: Self.content(of: files[2]))
            throw (error as? LabFailure)?.with(seen: seen?.description ?? "") ?? error
        }
        return ProgramResult(exit: exit, output: try Self.content(of: files[1]), errors: try Self.content(of: files[2]))
    }

    /// Runs a program inside that has to succeed.
    /// - Throws: `LabFailure.program` if its exit status is not 0.
    @discardableResult
    func require(_ arguments: [String], input: String = "") async throws -> ProgramResult {
        let result = try await run(arguments, input: Array(input.utf8))
        guard result.isSuccess else { throw LabFailure.program(arguments, result) }
        return result
    }

    private static func content(of file: CInt) throws -> [UInt8] {
        try SystemCall.check("lseek", lseek(file, 0, SEEK_SET))
        return try SystemCall.read(file, limit: outputLimit)
    }
}
