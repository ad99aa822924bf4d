// SPDX-License-Identifier: Apache-2.0

/// A place in one generation of a log file, found again after it was renamed, copied or compressed.
public struct FilePosition: Hashable, Sendable, Codable {
    /// The file system's number, `st_dev` of stat(2).
    public var device: UInt64
    /// The file's number, `st_ino`; the file system gives it anew once the file is gone, so it proves nothing alone.
    public var inode: UInt64
    /// How many bytes from the start were read, all of them whole lines; counted unpacked where the file is compressed.
    public var offset: UInt64
    /// What the file began with, unpacked.
    public var fingerprint: FileFingerprint

    /// A place `offset` bytes into a file.
    public init(device: UInt64, inode: UInt64, offset: UInt64, fingerprint: FileFingerprint) {
        self.device = device
        self.inode = inode
        self.offset = offset
        self.fingerprint = fingerprint
    }
}
