// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

/// A stream socket in the file system, closed with its owner.
struct UnixSocket: ~Copyable {
    let number: Int32

    /// Takes charge of an open socket, which nobody shall inherit and no call shall wait on.
    init(owning number: Int32) {
        self.number = number
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }

    deinit { close(number) }

    /// Connects to a server.
    static func connected(to path: String) throws(ErrorNumber) -> UnixSocket {
        let socket = try unbound()
        guard try socket.with(path, Glibc.connect) == 0 else { throw .last }
        return socket
    }

    /// Listens at a path, where nothing may be but a socket that nobody listens at any more.
    static func listening(at path: String) throws(ErrorNumber) -> UnixSocket {
        var status = stat()
        if lstat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFSOCK else { throw ErrorNumber(code: ENOTSOCK) }
            let isAlive = (try? connected(to: path)) != nil
            guard !isAlive else { throw ErrorNumber(code: EADDRINUSE) }
            unlink(path)
        }
        let socket = try unbound()
        guard try socket.with(path, Glibc.bind) == 0 else { throw .last }
        // Who may ask is decided by the peer's user, whoever may connect.
        chmod(path, 0o666)
        guard listen(socket.number, 16) == 0 else { throw .last }
        return socket
    }

    /// The socket that systemd hands over, if it handed over one and that listens (sd_listen_fds(3)).
    static func activated() -> UnixSocket? {
        guard variable("LISTEN_PID") == "\(getpid())", variable("LISTEN_FDS") == "1" else { return nil }
        var isListening: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(3, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0, isListening == 1 else { return nil }
        return UnixSocket(owning: 3)
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func unbound() throws(ErrorNumber) -> UnixSocket {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw .last }
        return UnixSocket(owning: number)
    }

    private borrowing func with(
        _ path: String, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(ErrorNumber) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path) - 1
        guard !bytes.isEmpty, bytes.count <= room, !bytes.contains(0) else { throw ErrorNumber(code: ENAMETOOLONG) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// Waits for a client; `nil` if none came in that time.
    borrowing func accept(within limit: Duration) -> UnixSocket? {
        guard wait(for: POLLIN, until: .now + limit) else { return nil }
        let number = Glibc.accept(self.number, nil, nil)
        return number < 0 ? nil : UnixSocket(owning: number)
    }

    /// The process and the user at the other end, as they were when it connected (SO_PEERCRED, unix(7)).
    borrowing func peer() -> (process: Int32, user: UInt32)? {
        // struct ucred, which glibc declares only under _GNU_SOURCE: process, user, group.
        var credentials: [UInt32] = [0, 0, 0]
        var length = socklen_t(12)
        guard getsockopt(number, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0, length == 12 else { return nil }
        return (Int32(bitPattern: credentials[0]), credentials[1])
    }

    /// Reads until `isWhole` says so, the other end closes, the time is up or so many bytes are there.
    borrowing func read(most: Int, until deadline: ContinuousClock.Instant, isWhole: ([UInt8]) -> Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count < most, !isWhole(bytes), wait(for: POLLIN, until: deadline) {
            let count = recv(number, &chunk, min(chunk.count, most - bytes.count), 0)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// Writes all of `bytes`.
    /// - Returns: Whether the other end took them before the time was up.
    borrowing func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard wait(for: POLLOUT, until: deadline) else { return false }
            let count = rest.withUnsafeBytes { send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private borrowing func wait(for event: Int32, until deadline: ContinuousClock.Instant) -> Bool {
        while true {
            let left = max(0, (deadline - .now).wholeMilliseconds)
            var descriptor = pollfd(fd: number, events: Int16(event), revents: 0)
            let count = poll(&descriptor, 1, Int32(clamping: left))
            if count > 0 { return true }
            guard count < 0, errno == EINTR, left > 0 else { return false }
        }
    }
}
