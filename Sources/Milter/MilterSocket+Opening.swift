// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension MilterSocket {
    /// What identifies a socket file, so that we remove our own only.
    struct File: Equatable {
        let device: UInt64
        let inode: UInt64
    }

    /// The socket file that is at the path now; `nil` if there is none, or no path.
    var file: File? {
        guard case .unix(let path, _) = self, let status = Self.status(of: path), Self.isSocket(status) else {
            return nil
        }
        return File(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    /// Makes way and calls `open`, so that a socket of a dead process is replaced, a living one is respected, and
    /// nobody can connect who may not.
    /// - Parameter open: Binds and listens; answers whether it could.
    /// - Throws: ``MilterError/socketInUse(_:)``, ``MilterError/pathIsNotASocket(_:)``,
    ///   ``MilterError/cannotOpen(_:errno:)``.
    func openSafely(_ open: () -> Bool) throws(MilterError) {
        guard probe() == .vacant else { throw .socketInUse(description) }
        guard case .unix(let path, let mode) = self else {
            errno = 0
            guard open() else { throw .cannotOpen(description, errno: errno) }
            return
        }
        if let status = Self.status(of: path) {
            guard Self.isSocket(status) else { throw .pathIsNotASocket(path) }
            guard unlink(path) == 0 else { throw .cannotOpen(description, errno: errno) }
        }
        // The mask is of the whole process. This one can only make a file of another thread too private, whereas
        // the mask of a wider mode could open one; the mode itself comes after.
        let mask = umask(0o177)
        errno = 0
        let opened = open()
        let cause = errno
        umask(mask)
        guard opened else { throw .cannotOpen(description, errno: cause) }
        guard chmod(path, mode) == 0 else { throw .cannotOpen(description, errno: errno) }
    }

    /// Removes the socket file if it is still this one.
    func remove(_ file: File?) {
        guard case .unix(let path, _) = self, let file, self.file == file else { return }
        unlink(path)
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    private static func isSocket(_ status: stat) -> Bool {
        status.st_mode & S_IFMT == S_IFSOCK
    }
}
