// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import NIOCore

/// A private world: network, mounts, process ids, host name and IPC of its own.
///
/// Its first process is a `cat` that reads a pipe of ours. When we close the pipe, or die in whatever manner, `cat` ends, the
/// kernel kills every process inside, and with the last of them the mounts go. So nothing can be left behind.
final class World: Sendable {
    /// unshare(1), the parent of the first process; it stands in all namespaces but that of process ids.
    private let keeper: ChildProcess
    private let lifeline: CInt
    private let portal: Portal

    private init(keeper: ChildProcess, lifeline: CInt, portal: Portal) {
        self.keeper = keeper
        self.lifeline = lifeline
        self.portal = portal
    }

    /// Makes an empty world: the host's files, none of its network.
    static func create() async throws -> World {
        guard geteuid() == 0 else { throw LabFailure.needsRoot }
        for path in ["/usr/bin/unshare", "/usr/bin/setpriv"] where access(path, X_OK) != 0 {
            throw LabFailure.missingProgram(path, package: "util-linux")
        }
        let (input, lifeline) = try SystemCall.pipe()
        let (news, output) = try SystemCall.pipe()
        defer { close(news) }
        do {
            let keeper = try startKeeper(input: input, output: output)
            do {
                try awaitReadiness(news)
                return World(keeper: keeper, lifeline: lifeline, portal: try await Portal(toNamespacesOf: keeper.pid))
            } catch {
                keeper.signal(SIGKILL)
                throw error
            }
        } catch {
            close(lifeline)
            throw error
        }
    }

    /// The path outside of a path inside. (An absolute symbolic link in it would lead to the host's files.)
    func path(of path: String) -> String { "/proc/\(keeper.pid)/root\(path)" }

    /// Runs `body` on a thread that stands inside, see `Portal`.
    func inside<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await portal.inside(body)
    }

    /// Ends everything inside, and waits until it is gone.
    func destroy() async {
        close(lifeline)
        if (try? await keeper.exit(of: "the world", within: .seconds(10))) == nil {
            keeper.signal(SIGKILL)
            _ = try? await keeper.exit(of: "the world", within: .seconds(10))
        }
        await portal.close()
    }

    /// The process id, outside, of the world's keeper: with it everything inside dies.
    var keeperProcess: pid_t { keeper.pid }

    /// Reads one byte of "ready"; none comes if unshare could not do it, which has then said why on standard error.
    private static func awaitReadiness(_ news: CInt) throws(LabFailure) {
        var descriptor = pollfd(fd: news, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, 10_000) == 1, try !SystemCall.read(news, limit: 1).isEmpty else {
            throw .systemCall("unshare", errno: EPERM)
        }
    }

    private static func startKeeper(input: CInt, output: CInt) throws(LabFailure) -> ChildProcess {
        defer {
            close(input)
            close(output)
        }
        let arguments = [
            "/usr/bin/unshare", "--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc",
            "--propagation", "private", "--",
            // With SIGCHLD ignored, which survives exec, the kernel buries the orphans that the first process inherits.
            "/bin/sh", "-c", "trap '' CHLD; echo ready; exec cat >/dev/null",
        ]
        return try ChildProcess(
            Spawn(arguments: arguments, input: input, output: output, errors: STDERR_FILENO).start())
    }
}
