// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// The bytes of one file or of the standard input, unpacked if asked for.
final class ReplayStream {
    let path: String
    /// `nil` where the file is none of a size, as a pipe.
    let size: UInt64?
    let modified: Moment?
    /// The first bytes, enough to tell what kind of file this is.
    private(set) var head: [UInt8]

    private let descriptor: FileDescriptor
    private var gzip: GzipStream?
    private var plainBytesRead: UInt64 = 0

    /// Opens `path`, or takes the standard input for `-`.
    init(path: String) throws(LogFault) {
        self.path = path
        do throws(SystemError) {
            descriptor = try path == "-" ? .standardInput : FileDescriptor(waitingFor: path)
            let status = try descriptor.status()
            size = status.isRegular ? status.size : nil
            modified = status.isRegular ? status.modification : nil
            head = []
            var start = [UInt8](repeating: 0, count: 16)
            while head.count < start.count {
                let count = try start.withUnsafeMutableBufferPointer { (buffer) throws(SystemError) in
                    try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                guard count > 0 else { break }
                head += start[..<count]
            }
        } catch {
            throw LogFault(path: path, reason: error.description)
        }
    }

    /// How many bytes have been read, as stored.
    var bytesRead: UInt64 { gzip?.packedOffset ?? plainBytesRead }

    /// Takes the bytes for a gzip file; before anything else of them is read.
    func unpack() throws(LogFault) {
        gzip = try GzipStream(path: path, descriptor: descriptor, at: nil, head: head)
        head = []
    }

    /// Reads on.
    /// - Returns: How many bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(LogFault) -> Int {
        if let gzip { return try gzip.read(into: buffer) }
        if !head.isEmpty {
            let count = min(head.count, buffer.count)
            buffer.copyBytes(from: head[..<count])
            head.removeFirst(count)
            plainBytesRead += UInt64(count)
            return count
        }
        do throws(SystemError) {
            let count = try descriptor.read(into: buffer)
            plainBytesRead += UInt64(count)
            return count
        } catch {
            throw LogFault(path: path, offset: plainBytesRead, reason: error.description)
        }
    }
}
