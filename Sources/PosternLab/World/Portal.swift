// SPDX-License-Identifier: Apache-2.0
internal import CNamespaces
internal import Glibc
internal import NIOPosix

/// A thread of this process that steps into a world's namespaces, does one thing there, and steps out again.
///
/// It steps out because a thread that stays would, sooner or later, start another (to resume a task is enough), and that one would
/// be born inside: the host's other work would then see the world's files and keep its mounts alive.
final class Portal: Sendable {
    private struct Door {
        let kind: CInt
        let there: CInt
        let back: CInt
    }

    private let thread: NIOThreadPool
    private let doors: [Door]

    /// A portal to the namespaces of a process that unshare(1) started.
    init(toNamespacesOf pid: pid_t) async throws {
        let doors = try [
            ("net", "net", CNamespaces_NEWNET), ("uts", "uts", CNamespaces_NEWUTS), ("ipc", "ipc", CNamespaces_NEWIPC),
            ("mnt", "mnt", CNamespaces_NEWNS), ("pid_for_children", "pid", CNamespaces_NEWPID),
        ].map { there, back, kind in
            Door(
                kind: kind, there: try Self.open("/proc/\(pid)/ns/\(there)"),
                back: try Self.open("/proc/self/ns/\(back)"))
        }
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        self.thread = thread
        self.doors = doors
        // A thread may change its mounts only when it shares root and working directory with no other.
        try await thread.runIfActive { _ = try SystemCall.check("unshare", unshare(CNamespaces_FS)) }
    }

    /// Runs `body` inside, where it must not start threads nor wait long.
    ///
    /// Files and sockets it opens are the world's and stay so; programs it starts run there.
    func inside<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await thread.runIfActive { [doors] in
            let answer = Result {
                for door in doors { try SystemCall.check("setns", setns(door.there, door.kind)) }
                return try body()
            }
            // The way back is open to root always: the namespaces are those of this process.
            for door in doors { try SystemCall.check("setns", setns(door.back, door.kind)) }
            return try answer.get()
        }
    }

    /// Gives up the thread and the hold on the namespaces.
    func close() async {
        try? await thread.shutdownGracefully()
        for door in doors {
            Glibc.close(door.there)
            Glibc.close(door.back)
        }
    }

    private static func open(_ path: String) throws(LabFailure) -> CInt {
        try SystemCall.check("open \(path)", Glibc.open(path, O_RDONLY | O_CLOEXEC))
    }
}
