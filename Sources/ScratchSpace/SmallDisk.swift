// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc

/// A file system in memory of a few bytes, which can be filled; taken away when the test lets go of it.
public final class SmallDisk {
    /// Where it is mounted.
    public let path: String

    /// Whether this process may mount, tried once: root in a container often may not.
    public static let isPossible: Bool = {
        guard geteuid() == 0, let folder = try? ScratchFolder() else { return false }
        return (try? SmallDisk(at: folder["try"], bytes: 65_536)) != nil
    }()

    /// Mounts it as a new directory.
    public init(at path: String, bytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        guard mount("none", path, "tmpfs", 0, "size=\(bytes)") == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
        }
    }

    deinit { umount2(path, CInt(MNT_DETACH)) }

    /// Writes until there is no room.
    public func fill() {
        let descriptor = open(path + "/ballast", O_WRONLY | O_CREAT, 0o600)
        let bytes = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, bytes, bytes.count) > 0 {}
        close(descriptor)
    }

    /// Gives the room back.
    public func free() { unlink(path + "/ballast") }
}
