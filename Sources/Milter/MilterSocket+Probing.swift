// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension MilterSocket {
    /// What a connection attempt tells of a socket.
    enum Occupancy: Hashable {
        /// Somebody accepts, or would if there were not so many waiting.
        case answers
        /// Nobody accepts: a socket that a dead process has left, or a free port.
        case vacant
    }

    /// Tries to connect, for at most a second.
    ///
    /// It also wakes libmilter's listener, which otherwise looks up only every 5 s; see ``MilterServer``.
    func probe() -> Occupancy {
        switch self {
        case .unix(let path, _):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
                guard path.utf8.count < room.count else { return false }
                room.copyBytes(from: path.utf8)
                return true
            }
            guard fits else { return .vacant }
            return withUnsafeBytes(of: address) { Self.probe($0, family: AF_UNIX) }
        case .inet(let host, let port):
            var hints = addrinfo()
            hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
            var found: UnsafeMutablePointer<addrinfo>?
            guard getaddrinfo(host.isEmpty ? "127.0.0.1" : host, String(port), &hints, &found) == 0 else {
                return .vacant
            }
            defer { freeaddrinfo(found) }
            guard let first = found?.pointee, let bytes = first.ai_addr else { return .vacant }
            return Self.probe(
                UnsafeRawBufferPointer(start: bytes, count: Int(first.ai_addrlen)), family: first.ai_family)
        }
    }

    private static func probe(_ address: UnsafeRawBufferPointer, family: CInt) -> Occupancy {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0, let start = address.baseAddress else { return .vacant }
        defer { close(descriptor) }
        let length = socklen_t(address.count)
        guard connect(descriptor, start.assumingMemoryBound(to: sockaddr.self), length) != 0 else { return .answers }
        switch errno {
        case EAGAIN:
            // The queue of a living Unix listener is full.
            return .answers
        case EINPROGRESS:
            var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&wait, 1, 1000) == 1 else { return .vacant }
            var error: CInt = 0
            var size = socklen_t(MemoryLayout<CInt>.size)
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
            return error == 0 ? .answers : .vacant
        default:
            return .vacant
        }
    }
}
