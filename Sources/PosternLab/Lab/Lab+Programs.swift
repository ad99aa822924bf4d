// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension Lab {
    /// Runs a program inside to its end; it is killed at the limit.
    ///
    /// The program is told by its path, or by its name in the usual directories. It runs as root or as `user`, with all groups of
    /// that user. `environment` is its whole environment but for `PATH`.
    /// - Throws: `LabFailure.late` if it does not end. Its exit status is no error.
    /// - Returns: What it said, and how it ended.
    @discardableResult
    public func run(
        _ arguments: [String], as user: String? = nil, environment: [String: String] = [:], input: String = "",
        within limit: Duration = .seconds(120)
    ) async throws -> ProgramResult {
        try await world.run(arguments, as: user, environment: environment, input: Array(input.utf8), within: limit)
    }

    /// Runs a program inside to its end, as root, with bytes of any kind on its standard input.
    @discardableResult
    public func run(_ arguments: [String], input: [UInt8], within limit: Duration = .seconds(120)) async throws
        -> ProgramResult
    {
        try await world.run(arguments, as: nil, environment: [:], input: input, within: limit)
    }

    /// Starts a program inside that goes on, as a daemon in the foreground; it ends with the lab at the latest.
    public func start(
        _ arguments: [String], as user: String? = nil, environment: [String: String] = [:]
    ) async throws -> Program {
        try await Program.start(arguments, as: user, environment: environment, in: world)
    }

    /// The path outside of a file inside. (An absolute symbolic link on the way would lead to the host's files.)
    public func path(of path: String) -> String { world.path(of: path) }

    /// Writes a file inside, new or anew; its owner is told as "user" or "user:group".
    public func write(_ content: String, to path: String, mode: UInt32 = 0o644, owner: String = "root") async throws {
        try await world.write(Array(content.utf8), to: path, mode: mode, owner: owner)
    }

    /// Reads a file inside, its first 64 MiB.
    public func read(_ path: String) async throws -> [UInt8] { try await world.read(path) }

    /// Makes a directory inside, unless it is there, with this mode and owner.
    public func makeDirectory(_ path: String, mode: UInt32 = 0o755, owner: String = "root") async throws {
        try await world.makeDirectory(path, mode: mode, owner: owner)
    }

    /// Runs a program inside on this process's own terminal or pipes, to its end, however long it takes.
    public func attach(_ arguments: [String], environment: [String: String] = [:]) async throws -> ProgramExit {
        let child = try await world.start(
            Spawn(
                arguments: arguments, environment: environment, input: STDIN_FILENO, output: STDOUT_FILENO,
                errors: STDERR_FILENO,
                hasOwnGroup: false))
        return try await child.exit(of: "program", within: nil)
    }
}
