// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// A child of this process, reaped as soon as it ends.
final class ChildProcess: Sendable {
    /// Its process id as this process sees it.
    let pid: pid_t
    private let ends = Chronicle<ProgramExit>(capacity: 1) { _ in 0 }
    /// Guards the process id: after reaping, the kernel may give it to another.
    private let isReaped = Mutex(false)

    /// Takes charge of a child just started.
    ///
    /// Not to be called through a portal, see `detachThread`.
    init(_ pid: pid_t) throws(LabFailure) {
        self.pid = pid
        try detachThread { self.reap() }
    }

    /// How it ended; `nil` while it runs.
    var exit: ProgramExit? { ends.entries().first }

    /// Waits for its end; without a limit, however long it takes.
    func exit(of name: String, within limit: Duration?) async throws -> ProgramExit {
        let ended = try await ends.wait(for: "end of \(name)", within: limit) { _ in true }
        return ended.first ?? .exited(0)
    }

    /// Sends a signal, unless it is gone.
    func signal(_ number: CInt) {
        isReaped.withLock { if !$0 { kill(pid, number) } }
    }

    private func reap() {
        var news = siginfo_t()
        while waitid(P_PID, id_t(pid), &news, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        var word: CInt = 0
        isReaped.withLock { isReaped in
            while waitpid(pid, &word, 0) < 0, errno == EINTR {}
            isReaped = true
        }
        ends.append(ProgramExit(statusWord: word))
    }
}
