// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A TCP port of the loopback address that nobody uses at the moment.
enum FreePort {
    struct Failure: Error {
        var number = errno
    }

    static func next() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure() }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(descriptor, pointer, size) == 0, getsockname(descriptor, pointer, &size) == 0 else {
                    throw Failure()
                }
                return UnsafeRawPointer(pointer).load(fromByteOffset: 2, as: UInt16.self).bigEndian
            }
        }
    }
}
