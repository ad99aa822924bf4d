// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// A program that runs on inside the lab, and what it has written.
public final class Program: Sendable {
    private let child: ChildProcess
    private let name: String
    /// Its standard output and standard error, line by line as they came; the last 16 MiB.
    public let lines: Chronicle<String>

    private init(child: ChildProcess, name: String, lines: Chronicle<String>) {
        self.child = child
        self.name = name
        self.lines = lines
    }

    static func start(
        _ arguments: [String], as user: String? = nil, environment: [String: String] = [:], in world: World
    ) async throws -> Program {
        let (output, input) = try SystemCall.pipe()
        let child: ChildProcess
        do {
            defer { close(input) }
            let nothing = try SystemCall.memoryFile("nothing")
            defer { close(nothing) }
            child = try await world.start(
                Spawn(
                    arguments: arguments, user: user, environment: environment, input: nothing, output: input,
                    errors: input))
        } catch {
            close(output)
            throw error
        }
        let lines = Chronicle<String>(capacity: 16 << 20) { $0.utf8.count + 32 }
        _ = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LineCollector(into: lines))
                }
            }
            .takingOwnershipOfDescriptor(input: output).get()
        return Program(child: child, name: arguments.joined(separator: " "), lines: lines)
    }

    /// How it ended; `nil` while it runs.
    public var exit: ProgramExit? { child.exit }
    /// Its process id as seen outside the lab; inside it has another.
    public var processID: Int32 { child.pid }

    /// Sends a signal: `SIGTERM`, `SIGKILL`, `SIGSTOP`, …; nothing if it is gone.
    public func signal(_ number: Int32) { child.signal(number) }

    /// Waits for its end.
    @discardableResult
    public func wait(within limit: Duration = .seconds(10)) async throws -> ProgramExit {
        do {
            return try await child.exit(of: name, within: limit)
        } catch let failure as LabFailure {
            throw failure.with(seen: tail)
        }
    }

    /// Asks it to end with SIGTERM, and waits.
    @discardableResult
    public func stop(within limit: Duration = .seconds(10)) async throws -> ProgramExit {
        signal(SIGTERM)
        return try await wait(within: limit)
    }

    /// Waits until it has written a line that matches, from its start or from `position` on.
    @discardableResult
    public func says(
        from position: Int = 0, within limit: Duration = .seconds(10), _ matches: @escaping @Sendable (String) -> Bool
    ) async throws -> String {
        do {
            return try await lines.wait(for: "such line of \(name)", from: position, within: limit, where: matches)
                .first ?? ""
        } catch let failure as LabFailure {
            throw failure.with(seen: tail)
        }
    }

    private var tail: String { lines.entries().suffix(40).map { $0 + "\n" }.joined() }
}
