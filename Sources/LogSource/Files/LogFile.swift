// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// One generation of a log, open for reading: the live file, or a predecessor, plain or packed by gzip.
final class LogFile {
    let path: String
    /// As it was when the file was opened.
    let status: FileStatus
    let isPacked: Bool
    let descriptor: FileDescriptor
    /// Where the first line stands.
    ///
    /// A writer that does not append leaves a hole before it once its file was truncated.
    private(set) var start: UInt64 = 0

    /// SEEK_DATA of lseek(2), which the Glibc module leaves out.
    private static let seekData: Int32 = 3

    private var gzip: GzipStream?
    private var unpacked: UInt64 = 0

    /// Takes an open file, which has to be a regular one, and a gzip file if it `isPacked`.
    init(path: String, isPacked: Bool, descriptor: FileDescriptor) throws(LogFault) {
        self.path = path
        self.isPacked = isPacked
        self.descriptor = descriptor
        do throws(SystemError) {
            status = try descriptor.status()
        } catch {
            throw LogFault(path: path, reason: error.description)
        }
        guard status.isRegular else { throw LogFault(path: path, reason: "not a regular file") }
        if !isPacked { start = firstByte() }
    }

    /// Reads at `offset`, counted unpacked; a packed file is read forwards only, and quickest where it was left.
    /// - Returns: How many bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(LogFault) -> Int {
        guard isPacked else { return try plain(into: buffer, at: offset) }
        let stream = try unpacker()
        while unpacked < offset {
            let room = Int(min(UInt64(buffer.count), offset - unpacked))
            let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<room]))
            guard count > 0 else { return 0 }
            unpacked += UInt64(count)
        }
        let count = try stream.read(into: buffer)
        unpacked += UInt64(count)
        return count
    }

    private func unpacker() throws(LogFault) -> GzipStream {
        if let gzip { return gzip }
        let stream = try GzipStream(path: path, descriptor: descriptor, at: 0)
        gzip = stream
        return stream
    }

    /// The file's size now, as stored.
    func size() throws(LogFault) -> UInt64 {
        do throws(SystemError) {
            return try descriptor.status().size
        } catch {
            throw LogFault(path: path, reason: error.description)
        }
    }

    /// What the file begins with now, as much as a fingerprint takes.
    func beginning() throws(LogFault) -> [UInt8] {
        guard !isPacked else { return try unpackedBeginning() }
        let beginning = try bytes(at: start)
        guard beginning.first == 0 else { return beginning }
        start = firstByte()
        return try bytes(at: start)
    }

    /// The offset behind the last LF; 0 if there is none within the longest stretch that is searched.
    func endOfLastLine(searching stretch: Int = 64 * 1024) throws(LogFault) -> UInt64 {
        let end = try size()
        let first = end - min(end, UInt64(stretch))
        var bytes = [UInt8](repeating: 0, count: stretch)
        let count = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(LogFault) in
            try plain(into: UnsafeMutableRawBufferPointer(buffer), at: first)
        }
        guard let last = bytes[..<count].lastIndex(of: UInt8(ascii: "\n")) else { return first == 0 ? 0 : end }
        return first + UInt64(last) + 1
    }

    private func bytes(at offset: UInt64) throws(LogFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: FileFingerprint.maximumLength)
        let count = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(LogFault) in
            try plain(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        }
        return Array(bytes[..<count])
    }

    private func unpackedBeginning() throws(LogFault) -> [UInt8] {
        // With an offset of its own: the file may have another name by now, so it is not opened anew.
        let stream = try GzipStream(path: path, descriptor: descriptor, at: 0)
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        // A hole before the first line is skipped here too, but not without end.
        for _ in 0..<256 {
            let count = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(LogFault) in
                try stream.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            let found = bytes[..<count].drop { $0 == 0 }
            if count < bytes.count || found.count >= FileFingerprint.maximumLength {
                return Array(found.prefix(FileFingerprint.maximumLength))
            }
        }
        return []
    }

    /// The offset of the first byte that is no NUL; 0 if none is found near the first data on disk.
    private func firstByte() -> UInt64 {
        let data = lseek(descriptor.number, 0, Self.seekData)
        guard data > 0 || firstByteIsNUL(), data >= 0 else { return 0 }
        // The hole ends at a block of the file system, the NULs within it.
        var bytes = [UInt8](repeating: 0, count: 128 * 1024)
        let count = bytes.withUnsafeMutableBytes { (try? plain(into: $0, at: UInt64(data))) ?? 0 }
        return bytes[..<count].firstIndex { $0 != 0 }.map { UInt64(data) + UInt64($0) } ?? 0
    }

    private func firstByteIsNUL() -> Bool {
        var byte: [UInt8] = [1]
        _ = byte.withUnsafeMutableBytes { try? plain(into: $0, at: 0) }
        return byte[0] == 0
    }

    private func plain(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(LogFault) -> Int {
        do throws(SystemError) {
            return try descriptor.read(into: buffer, at: offset)
        } catch {
            throw LogFault(path: path, offset: offset, reason: error.description)
        }
    }
}
