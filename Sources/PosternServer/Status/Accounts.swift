// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The users and groups that the host knows; to be asked where a wait for a directory service does no harm.
enum Accounts {
    /// The number of a group; `nil` if there is none of that name.
    static func number(ofGroup name: String) -> UInt32? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var text = [CChar](repeating: 0, count: largestEntry)
        guard getgrnam_r(name, &entry, &text, text.count, &found) == 0, found != nil else { return nil }
        return entry.gr_gid
    }

    /// The name of a user; its number as text if it has none.
    static func name(ofUser uid: UInt32) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var text = [CChar](repeating: 0, count: largestEntry)
        guard getpwuid_r(uid, &entry, &text, text.count, &found) == 0, found != nil, let name = entry.pw_name else {
            return String(uid)
        }
        return String(cString: name)
    }

    /// A group of many members is a long line.
    private static let largestEntry = 256 * 1024
}
