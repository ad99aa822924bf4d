// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A client of the policy service, on a plain socket: nothing of what serves is used by who asks.
final class PolicyPeer {
    struct Failure: Error {
        let call: String
        let number: Int32
    }

    private let descriptor: Int32

    /// Connects; a read waits at most ten seconds.
    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Failure(call: "path", number: 0)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw Failure(call: "connect", number: errno) }
    }

    deinit { close(descriptor) }

    /// Sends all of it.
    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard sent(bytes) == bytes.count else { throw Failure(call: "send", number: errno) }
    }

    /// Sends until the other side has taken nothing for half a second.
    /// - Returns: How many bytes went.
    func sendWithoutWaiting(_ text: String) -> Int {
        var patience = timeval(tv_sec: 0, tv_usec: 500_000)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        return sent(Array(text.utf8))
    }

    private func sent(_ bytes: [UInt8]) -> Int {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            start += count
        }
        return start
    }

    /// Closes the sending half.
    func finish() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads so many bytes.
    func read(_ count: Int) throws -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: count)
        while bytes.count < count {
            let got = recv(descriptor, &buffer, count - bytes.count, 0)
            guard got > 0 else { throw Failure(call: "recv", number: got == 0 ? 0 : errno) }
            bytes += buffer[..<got]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads what comes until the other side closes.
    func readToEnd() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let got = recv(descriptor, &buffer, buffer.count, 0)
            if got < 0, errno == EAGAIN { return String(decoding: bytes, as: UTF8.self) + "(silence)" }
            guard got > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<got]
        }
    }
}
