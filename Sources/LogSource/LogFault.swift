// SPDX-License-Identifier: Apache-2.0

/// Why a log cannot be read, or not to its end.
public struct LogFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was named; `-` for the standard input.
    public var path: String
    /// The byte of the file at which it happened, counted as stored, not unpacked; `nil` if none was reached.
    public var offset: UInt64?
    /// What is wrong, for a person.
    public var reason: String

    /// A fault of `path`.
    public init(path: String, offset: UInt64? = nil, reason: String) {
        self.path = path
        self.offset = offset
        self.reason = reason
    }

    /// `/var/log/mail.log.2.gz: byte 4096: invalid stored block lengths`.
    public var description: String {
        path + ": " + (offset.map { "byte \($0): " } ?? "") + reason
    }
}
