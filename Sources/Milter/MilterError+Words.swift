// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension MilterError {
    static func words(for errno: Int32) -> String {
        errno == 0 ? "see libmilter's message in the mail log" : String(cString: strerror(errno))
    }
}
