// SPDX-License-Identifier: Apache-2.0

/// How far the reading of a file has come.
public struct ReplayProgress: Hashable, Sendable {
    /// The file, as it was named.
    public let file: String
    /// How many of its bytes have been read, as stored.
    public let bytesRead: UInt64
    /// Its size when it was opened; `nil` where that is not known, as of a pipe.
    public let size: UInt64?
}
