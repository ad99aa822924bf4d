// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import NIOCore

extension World {
    /// Raises the loopback interface, which is all the network there is, with these addresses, and sets the host name.
    func raiseNetwork(hostName: String, addresses: [String]) async throws {
        try await inside { _ = try SystemCall.check("sethostname", sethostname(hostName, hostName.utf8.count)) }
        let lines = ["link set lo up"] + addresses.map { "addr add \($0)/\($0.contains(":") ? 128 : 32) dev lo" }
        try await require(["/usr/sbin/ip", "-batch", "-"], input: lines.map { $0 + "\n" }.joined())
    }

    /// TCP sockets inside that listen, one for each address.
    func listeners(on addresses: [SocketAddress]) async throws -> [CInt] {
        try await inside { try addresses.map(Self.listener) }
    }

    private static func listener(on address: SocketAddress) throws(LabFailure) -> CInt {
        try withSocket(for: address) { socket throws(LabFailure) in
            var yes: CInt = 1
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
            try SystemCall.check("bind \(address)", address.withSockAddr { bind(socket, $0, socklen_t($1)) })
            try SystemCall.check("listen \(address)", listen(socket, 512))
        }
    }

    /// A TCP socket inside that is connected, from `source`, whose port may be 0.
    func connection(to address: SocketAddress, from source: SocketAddress) async throws -> CInt {
        try await inside {
            try Self.withSocket(for: address) { socket throws(LabFailure) in
                // Bounds connect(2) too (socket(7)); all is on one host, so it is either at once or not at all.
                var limit = timeval(tv_sec: 5, tv_usec: 0)
                setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
                try SystemCall.check("bind \(source)", source.withSockAddr { bind(socket, $0, socklen_t($1)) })
                try SystemCall.check("connect \(address)", address.withSockAddr { connect(socket, $0, socklen_t($1)) })
            }
        }
    }

    private static func withSocket(
        for address: SocketAddress, _ body: (CInt) throws(LabFailure) -> Void
    ) throws(LabFailure) -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let family = address.protocol == .inet6 ? AF_INET6 : AF_INET
        let socket = try SystemCall.check("socket", Glibc.socket(family, kind, 0))
        do throws(LabFailure) {
            try body(socket)
            return socket
        } catch {
            close(socket)
            throw error
        }
    }
}
