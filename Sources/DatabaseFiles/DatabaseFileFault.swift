// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Why something could not be done to a database's file.
public struct DatabaseFileFault: Error, Hashable {
    /// The cause without the path: `cannot be made: No space left on device`.
    public let reason: String

    /// A fault that the system tells by this `errno`.
    init(_ what: String, errno number: CInt) {
        reason = "\(what): \(String(cString: strerror(number)))"
    }
}
