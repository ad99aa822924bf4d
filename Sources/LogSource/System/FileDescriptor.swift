// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// An open file, closed with its last reference.
final class FileDescriptor {
    let number: Int32
    private let isOwned: Bool

    /// The standard input, which stays open.
    static var standardInput: FileDescriptor { FileDescriptor(number: STDIN_FILENO, isOwned: false) }

    private init(number: Int32, isOwned: Bool) {
        self.number = number
        self.isOwned = isOwned
    }

    /// Opens a file for reading; a FIFO in its place is opened too, and does not block.
    convenience init(path: String) throws(SystemError) {
        try self.init(path: path, flags: O_NONBLOCK)
    }

    /// Opens a file, a FIFO or a terminal, and waits for what these are yet to give.
    convenience init(waitingFor path: String) throws(SystemError) {
        try self.init(path: path, flags: 0)
    }

    private convenience init(path: String, flags: Int32) throws(SystemError) {
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags)
        guard number >= 0 else { throw .last }
        self.init(number: number, isOwned: true)
    }

    deinit {
        if isOwned { close(number) }
    }

    /// What fstat(2) tells.
    func status() throws(SystemError) -> FileStatus {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .last }
        return FileStatus(status)
    }

    /// Reads where the last read ended.
    /// - Returns: How many bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        while true {
            let count = Glibc.read(number, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .last }
        }
    }

    /// Reads at `offset`.
    /// - Returns: How many bytes; 0 at the end and beyond it.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(SystemError) -> Int {
        guard let offset = off_t(exactly: offset) else { return 0 }
        while true {
            let count = pread(number, buffer.baseAddress, buffer.count, offset)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .last }
        }
    }
}
