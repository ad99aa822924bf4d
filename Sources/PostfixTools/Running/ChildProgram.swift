// SPDX-License-Identifier: Apache-2.0
internal import CSpawn
internal import Glibc

/// A program just started, and our ends of its standard input, output and error.
///
/// Not to be copied: whoever owns it waits for the child, once.
struct ChildProgram: ~Copyable {
    let pid: pid_t
    let input: Int32
    let output: Int32
    let errors: Int32

    /// All that a program of Postfix needs to know of its surroundings.
    private static let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"]

    /// Starts a program.
    init(_ command: Command) throws(CommandError) {
        guard command.program.hasPrefix("/") else {
            throw .notStarted(program: command.name, reason: "it is not named by an absolute path")
        }
        // The C library would take what is before the NUL.
        guard !command.program.utf8.contains(0), !command.arguments.contains(where: { $0.utf8.contains(0) }) else {
            throw .notStarted(program: command.name, reason: "an argument holds a NUL")
        }
        var open: [Int32] = []
        do throws(ErrorNumber) {
            for _ in 0..<3 { open += try Self.pair() }
            pid = try Self.spawn(command, input: open[1], output: open[3], errors: open[5])
        } catch {
            for descriptor in open { close(descriptor) }
            throw .notStarted(program: command.program, reason: error.text)
        }
        for index in [1, 3, 5] { close(open[index]) }
        (input, output, errors) = (open[0], open[2], open[4])
    }

    /// A pair of sockets, the first for us, to be read and written without waiting.
    ///
    /// Not a pipe: sockets can be made unheritable in one step, and to write to one whose reader is gone is an error instead
    /// of a signal. None is numbered below 3, where it would be in its own way when the child gets its three.
    private static func pair() throws(ErrorNumber) -> [Int32] {
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
            throw .last
        }
        for index in 0..<2 where pair[index] < 3 {
            let lifted = fcntl(pair[index], F_DUPFD_CLOEXEC, 3)
            let error = ErrorNumber.last
            close(pair[index])
            pair[index] = lifted
            guard lifted >= 0 else {
                close(pair[1 - index])
                throw error
            }
        }
        _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
        return pair
    }

    private static func spawn(
        _ command: Command, input: Int32, output: Int32, errors: Int32
    ) throws(ErrorNumber) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var pid: pid_t = 0
        let failure = withCStrings([command.program] + command.arguments) { argv in
            withCStrings(environment) { envp in
                posix_spawn(&pid, command.program, &actions, &attributes, argv, envp)
            }
        }
        guard failure == 0 else { throw ErrorNumber(code: failure) }
        return pid
    }

    private static func withCStrings<Answer>(
        _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Answer
    ) -> Answer {
        let pointers = words.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
