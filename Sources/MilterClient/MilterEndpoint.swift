// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where a milter listens.
public enum MilterEndpoint: Hashable, Sendable {
    /// A Unix socket.
    case unix(path: String)
    /// A TCP port; the host is a numeric IPv4 or IPv6 address.
    case inet(host: String, port: UInt16)

    /// Connects a blocking socket.
    /// - Throws: ``MilterClientError/cannotConnect(errno:)``.
    func connect() throws(MilterClientError) -> CInt {
        switch self {
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
                guard path.utf8.count < room.count else { return false }
                room.copyBytes(from: path.utf8)
                return true
            }
            guard fits else { throw .cannotConnect(errno: ENAMETOOLONG) }
            return try Self.connect(AF_UNIX, address)
        case .inet(let host, let port) where host.utf8.contains(UInt8(ascii: ":")):
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { throw .cannotConnect(errno: EINVAL) }
            return try Self.connect(AF_INET6, address)
        case .inet(let host, let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw .cannotConnect(errno: EINVAL) }
            return try Self.connect(AF_INET, address)
        }
    }

    private static func connect<Address>(_ family: CInt, _ address: Address) throws(MilterClientError) -> CInt {
        let descriptor = socket(family, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .cannotConnect(errno: errno) }
        let status = withUnsafeBytes(of: address) { bytes -> CInt in
            guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            return Glibc.connect(descriptor, start, socklen_t(bytes.count))
        }
        guard status == 0 else {
            let cause = errno
            close(descriptor)
            throw .cannotConnect(errno: cause)
        }
        if family != AF_UNIX {
            // Postfix writes whole steps, and waits for the reply.
            var on: CInt = 1
            setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
        }
        return descriptor
    }
}
