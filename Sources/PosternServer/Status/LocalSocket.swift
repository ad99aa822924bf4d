// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The file of a Unix socket that we are about to listen on.
enum LocalSocket {
    /// Why we do not listen there.
    enum Refusal: Error, CustomStringConvertible {
        case inUse(String)
        case notASocket(String)
        case unusable(String, String)

        var description: String {
            switch self {
            case .inUse(let path): "\(path): another process answers there; is postern running already?"
            case .notASocket(let path): "\(path) is there and is not a socket; move it away"
            case .unusable(let path, let reason): "\(path): \(reason)"
            }
        }
    }

    /// Removes what a dead process left at `path`; refuses where a live one answers, or where no socket is.
    static func makeRoom(at path: String) throws(Refusal) {
        var facts = stat()
        guard lstat(path, &facts) == 0 else {
            if errno == ENOENT { return }
            throw .unusable(path, errorText(errno))
        }
        guard facts.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        if try answers(path) { throw .inUse(path) }
        guard unlink(path) == 0 || errno == ENOENT else { throw .unusable(path, errorText(errno)) }
    }

    private static func answers(_ path: String) throws(Refusal) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { throw .unusable(path, "longer than \(room - 1) bytes") }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw .unusable(path, errorText(errno)) }
        defer { close(descriptor) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // EAGAIN: its backlog is full, so it lives.
        return status == 0 || errno == EAGAIN
    }
}
