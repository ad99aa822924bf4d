// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

/// What stat(2) tells of a file.
struct FileStatus: Hashable {
    let device: UInt64
    let inode: UInt64
    /// In bytes, as stored.
    let size: UInt64
    /// When its content was last changed, in nanoseconds since the Unix epoch.
    let modified: Int64
    let isRegular: Bool

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = UInt64(max(0, status.st_size))
        let (nanoseconds, overflow) = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        modified = overflow ? .max : nanoseconds &+ Int64(status.st_mtim.tv_nsec)
        isRegular = status.st_mode & S_IFMT == S_IFREG
    }

    /// The status of the file at `path`, a symbolic link followed.
    init(path: String) throws(SystemError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .last }
        self.init(status)
    }

    /// When its content was last changed.
    var modification: Moment { Moment(milliseconds: modified / 1_000_000) }

    /// Whether both are of the same file; true only as long as one of them keeps the file from being deleted.
    func isSameFile(as other: FileStatus) -> Bool {
        device == other.device && inode == other.inode
    }
}
