// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Which file it is, by whatever name.
public struct FileIdentity: Hashable, Sendable {
    private let device: UInt
    private let inode: UInt

    /// The file that has that name now; `nil` if there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }
}
