// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Who is at the other end of a Unix socket, as the kernel knows (unix(7), SO_PEERCRED and SO_PEERGROUPS).
struct Peer: Hashable, Sendable {
    /// The user.
    var uid: UInt32
    /// The groups, the first one and all others.
    var groups: [UInt32]

    /// The peer of a connection; `nil` where it came another way than by a Unix socket.
    static func of(_ channel: any Channel) async -> Peer? {
        try? await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
                Peer(descriptor: $0)
            }
        }.get() ?? nil
    }

    /// A peer of its parts.
    init(uid: UInt32, groups: [UInt32]) {
        self.uid = uid
        self.groups = groups
    }

    /// What the kernel tells of a connected socket.
    init?(descriptor: CInt) {
        var domain: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0, domain == AF_UNIX else { return nil }
        // As `struct ucred` of unix(7), which glibc shows to GNU C alone.
        var credentials: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
        size = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 else { return nil }
        uid = credentials.uid
        groups = [credentials.gid] + Self.groups(of: descriptor)
    }

    /// The supplementary groups; none if there are more than a process can have.
    private static func groups(of descriptor: CInt) -> [UInt32] {
        var groups = [UInt32](repeating: 0, count: 65_536)
        var size = socklen_t(groups.count * MemoryLayout<UInt32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, peerGroups, &groups, &size) == 0 else { return [] }
        return Array(groups.prefix(Int(size) / MemoryLayout<UInt32>.size))
    }

    /// SO_PEERGROUPS (asm-generic/socket.h), which glibc's headers do not name.
    private static let peerGroups: CInt = 59

    /// Whether the peer may change something: root, or a member of the group that may.
    func mayAct(group: UInt32?) -> Bool {
        uid == 0 || group.map { groups.contains($0) } ?? false
    }
}
