// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A pipe that ends another thread's poll(2).
struct WakePipe: Sendable {
    /// Readable after `wake()`, until `drain()`.
    let readEnd: Int32
    private let writeEnd: Int32

    init() throws(LookupFailure) {
        var ends: [Int32] = [-1, -1]
        // A socket pair, as pipe2(2) is not in Swift's Glibc module.
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .trouble("socketpair(2): error \(errno)") }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    /// A full pipe wakes as well.
    func wake() {
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }

    func drain() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            while read(readEnd, buffer.baseAddress, buffer.count) > 0 {}
        }
    }

    /// To be called once, when nobody wakes any more.
    func close() {
        _ = Glibc.close(readEnd)
        _ = Glibc.close(writeEnd)
    }
}
