// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The users that the host knows.
enum UserNumbers {
    /// The number of a user; `nil` if there is none of that name.
    static func number(of name: String) -> UInt32? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var text = [CChar](repeating: 0, count: 16 * 1024)
        guard getpwnam_r(name, &entry, &text, text.count, &found) == 0, found != nil else { return nil }
        return entry.pw_uid
    }
}
