// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A Unix socket that somebody listens at, for as long as the object lives; its file stays.
final class LivingSocket {
    private let descriptor: CInt

    init(at path: String, backlog: CInt = 5) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafeBytes(of: address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { bind(descriptor, $0.baseAddress, socklen_t(bytes.count)) }
        }
        guard bound == 0, listen(descriptor, backlog) == 0 else {
            throw ScratchFolder.Failure(errno: errno)
        }
    }

    deinit {
        close(descriptor)
    }
}
