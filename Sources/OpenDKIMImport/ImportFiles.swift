// SPDX-License-Identifier: Apache-2.0

/// Where the texts of OpenDKIM's files come from.
public struct ImportFiles: Sendable {
    /// The text of the file at a path; `nil` if it cannot be read, or is too large.
    public var read: @Sendable (_ path: String) -> String?

    /// Files that `read` reads.
    public init(_ read: @escaping @Sendable (_ path: String) -> String?) {
        self.read = read
    }
}
