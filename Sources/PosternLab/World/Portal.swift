// SPDX-License-Identifier: Apache-2.0
internal import CNamespaces
internal import Glibc
internal import NIOPosix

/// A thread of this process that steps into a world's namespaces, does one thing there, and steps out again.
///
/// It steps out because a thread that stays would, sooner or later, start another (to resume a task is enough), and that one would
/// be born inside: the host's other work would then see the world's files and keep its mounts alive.
final class Portal: Sendable {
    /// A namespace that can be entered: its kind for setns(2), and a file that stands for it.
    private typealias Door = (kind: CInt, file: CInt)

    private let thread: NIOThreadPool
    private let inward: [Door]
    private let outward: [Door]

    /// A portal to the namespaces of a process that unshare(1) started.
    init(toNamespacesOf pid: pid_t) async throws {
        let thread = NIOThreadPool(numberOfThreads: 1)
        var doors: [Door] = []
        do {
            // All are opened before any is entered: behind the new mounts /proc is another.
            for process in ["\(pid)", "self"] {
                for (name, kind) in Self.kinds {
                    let path = "/proc/\(process)/ns/\(name)"
                    doors.append((kind, try SystemCall.check("open \(path)", open(path, O_RDONLY | O_CLOEXEC))))
                }
            }
            thread.start()
            // A thread may change its mounts only when it shares root and working directory with no other.
            try await thread.runIfActive { _ = try SystemCall.check("unshare", unshare(CNamespaces_FS)) }
        } catch {
            for door in doors { Glibc.close(door.file) }
            try? await thread.shutdownGracefully()
            throw error
        }
        self.thread = thread
        self.inward = Array(doors.prefix(Self.kinds.count))
        self.outward = Array(doors.dropFirst(Self.kinds.count))
    }

    /// Runs `body` inside, where it must not start threads nor wait long.
    ///
    /// Files and sockets it opens are the world's and stay so; programs it starts run there.
    func inside<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await thread.runIfActive { [inward, outward] in
            let answer = Result {
                for door in inward { try SystemCall.check("setns", setns(door.file, door.kind)) }
                return try body()
            }
            // The way back is open to root always: the namespaces are those of this process.
            for door in outward { try SystemCall.check("setns", setns(door.file, door.kind)) }
            return try answer.get()
        }
    }

    /// Gives up the thread and the hold on the namespaces.
    func close() async {
        try? await thread.shutdownGracefully()
        for door in inward + outward { Glibc.close(door.file) }
    }

    private static let kinds = [
        ("net", CNamespaces_NEWNET), ("uts", CNamespaces_NEWUTS), ("ipc", CNamespaces_NEWIPC),
        ("mnt", CNamespaces_NEWNS),
        ("pid_for_children", CNamespaces_NEWPID),
    ]
}
