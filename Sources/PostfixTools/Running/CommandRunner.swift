// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import PosternCore

/// Runs Postfix's own programs: bounded in time and output, with an environment that nobody else has a say in.
///
/// The program gets the standard input that the command tells and pipes for the rest, no other descriptor, default signal
/// dispositions, a process group of its own, and nothing of our environment. A program that is late or says too much is
/// killed with all that it started. The host must not ignore SIGCHLD in this process, or no exit status is known.
public struct CommandRunner: Sendable {
    /// How much of a program's standard error is kept, in bytes; the rest is read and dropped.
    public static let maximumErrors = 16 * 1024

    /// How long a program may run.
    public var limit: Duration
    /// How much it may write to its standard output, in bytes.
    public var maximumOutput: Int

    /// A runner.
    /// - Parameters:
    ///   - limit: How long a program may run, at least a millisecond.
    ///   - maximumOutput: How much it may write to its standard output, in bytes.
    public init(limit: Duration = .seconds(10), maximumOutput: Int = 4 << 20) {
        self.limit = max(limit, .milliseconds(1))
        self.maximumOutput = max(0, maximumOutput)
    }

    /// Runs a program to its end; blocks the thread.
    /// - Returns: What it said, also if it ended with another exit status than 0.
    public func run(_ command: Command) throws(CommandError) -> CommandResult {
        var output: [UInt8] = []
        let (exit, errors) = try talk(command) { bytes in
            bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) }
            return true
        }
        return CommandResult(program: command.name, exit: exit, output: output, errors: errors)
    }

    /// Runs a program to its end and hands its standard output on as it comes; blocks the thread.
    ///
    /// When `body`, called with what came, answers `false`, nothing more is wanted: the program is killed, and that counts
    /// as a success.
    public func run(
        _ command: Command, output body: (Span<UInt8>) -> Bool
    ) throws(CommandError) -> CommandResult {
        let (exit, errors) = try talk(command, body)
        return CommandResult(program: command.name, exit: exit, output: [], errors: errors)
    }

    private func talk(
        _ command: Command, _ body: (Span<UInt8>) -> Bool
    ) throws(CommandError) -> (CommandExit, [UInt8]) {
        let child = try ChildProgram(command)
        var errors: [UInt8] = []
        var total = 0
        let room = maximumOutput
        let ending = child.talk(input: command.input, within: limit) { bytes in
            total += bytes.count
            guard total <= room else { return .tooMuch }
            return body(bytes) ? .wanted : .enough
        } errors: { bytes in
            bytes.withUnsafeBufferPointer { errors.append(contentsOf: $0.prefix(Self.maximumErrors - errors.count)) }
        }
        switch ending {
        case .ended(let exit): return (exit, errors)
        case .enough: return (.exited(0), errors)
        case .late: throw .late(program: command.name, limit: limit)
        case .tooMuch: throw .talkative(program: command.name, limit: room)
        case .lost: throw .failed(program: command.name, complaint: "its exit status is not to be had")
        }
    }
}

extension CommandRunner {
    /// Threads on which programs are waited for; four, so that one that hangs until its time is up keeps nobody else waiting.
    private static let queues = (0..<4).map { DispatchQueue(label: "postern.commands.\($0)", qos: .utility) }
    private static let turn = Turn(count: queues.count)

    /// Does blocking work on a thread of its own, so that Swift's tasks go on.
    ///
    /// At most four such works run at once in the process; further ones wait.
    public static func offThread<Answer: Sendable>(
        _ work: @escaping @Sendable () throws(CommandError) -> Answer
    ) async throws(CommandError) -> Answer {
        let queue = queues[turn.next()]
        let result: Result<Answer, CommandError> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(CommandError) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    /// Runs a program to its end; the task waits, no thread of Swift's does.
    public func result(of command: Command) async throws(CommandError) -> CommandResult {
        try await Self.offThread { () throws(CommandError) in try run(command) }
    }
}
