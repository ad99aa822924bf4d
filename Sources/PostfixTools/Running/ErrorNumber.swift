// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Why a system call failed: a value of errno(3).
struct ErrorNumber: Error, Hashable {
    let code: Int32

    /// The error of the call just made.
    static var last: ErrorNumber { ErrorNumber(code: errno) }

    /// `Permission denied`.
    var text: String {
        // strerror(3) may share its buffer among threads.
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
