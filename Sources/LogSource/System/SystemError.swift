// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Why a system call failed.
struct SystemError: Error, Hashable, CustomStringConvertible {
    /// The value of errno(3).
    let code: Int32

    /// The error of the call just made.
    static var last: SystemError { SystemError(code: errno) }

    /// `Permission denied`.
    var description: String {
        // strerror(3) may share its buffer among threads.
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension SystemError {
    /// The file does not exist.
    static let absent = SystemError(code: ENOENT)

    /// Whether there is no file, or no directory, of that name.
    var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
}
