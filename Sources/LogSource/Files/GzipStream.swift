// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// Unpacks a gzip file (RFC 1952) of any number of members as it is read.
final class GzipStream {
    private static let inputSize = 128 * 1024

    private let path: String
    private let descriptor: FileDescriptor
    private let input: UnsafeMutableRawBufferPointer
    /// On the heap: zlib refuses a stream that was moved (inflate.c, inflateStateCheck).
    private let stream: UnsafeMutablePointer<z_stream>
    private var offset: UInt64?
    private var bytesRead: UInt64 = 0
    private var isInMember = false
    private var isOver = false

    /// Reads from `offset` on, or, if that is `nil`, from where `descriptor` stands, as one must that cannot seek.
    ///
    /// `head` is put before what it gives: bytes that were read already.
    init(path: String, descriptor: FileDescriptor, at offset: UInt64?, head: [UInt8] = []) throws(LogFault) {
        self.offset = offset
        self.path = path
        self.descriptor = descriptor
        input = .allocate(byteCount: max(Self.inputSize, head.count), alignment: 16)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input.copyBytes(from: head)
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_in = uInt(head.count)
        bytesRead = UInt64(head.count)
        // 15 bits of window as gzip(1) uses, 16 for the gzip wrapper (zlib.h, inflateInit2).
        let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw LogFault(path: path, reason: "zlib cannot start (\(code))") }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// The offset in the packed file up to which it has been unpacked.
    var packedOffset: UInt64 { bytesRead - UInt64(stream.pointee.avail_in) }

    /// Unpacks until `buffer` is full or the file ends.
    ///
    /// Bytes that came out before the file's damage are handed over first; the fault is thrown by the next call.
    /// - Returns: How many bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(LogFault) -> Int {
        var count = 0
        do {
            while count < buffer.count, !isOver {
                count += try inflateSome(UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            }
        } catch {
            guard count > 0 else {
                isOver = true
                throw error
            }
        }
        return count
    }

    private func inflateSome(_ buffer: UnsafeMutableRawBufferPointer) throws(LogFault) -> Int {
        guard stream.pointee.avail_in > 0 || refill() else {
            // What stands behind the last member was read to its end.
            guard !isInMember else { throw fault("the file ends within its packed data") }
            isOver = true
            return 0
        }
        guard isInMember || beginsMember() else { return 0 }
        let room = min(buffer.count, Int(Int32.max))
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_out = uInt(room)
        let code = inflate(stream, Z_NO_FLUSH)
        let count = room - Int(stream.pointee.avail_out)
        switch code {
        case Z_OK, Z_BUF_ERROR:
            break
        case Z_STREAM_END:
            isInMember = false
            guard inflateReset(stream) == Z_OK else { throw fault("zlib cannot go on") }
        default:
            guard count == 0 else { break }
            throw fault(stream.pointee.msg.map { String(cString: $0) } ?? "zlib says \(code)")
        }
        return count
    }

    /// Steps over the zero bytes that may fill up the file behind a member, as gzip(1) does.
    private func beginsMember() -> Bool {
        while stream.pointee.avail_in > 0, let next = stream.pointee.next_in, next.pointee == 0 {
            stream.pointee.next_in = next + 1
            stream.pointee.avail_in -= 1
        }
        isInMember = stream.pointee.avail_in > 0
        return isInMember
    }

    private var readFault: SystemError?

    private func refill() -> Bool {
        do throws(SystemError) {
            let count: Int
            if let offset {
                count = try descriptor.read(into: input, at: offset)
                self.offset = offset + UInt64(count)
            } else {
                count = try descriptor.read(into: input)
            }
            stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_in = uInt(count)
            bytesRead += UInt64(count)
            return count > 0
        } catch {
            readFault = error
            isInMember = true
            return false
        }
    }

    private func fault(_ reason: String) -> LogFault {
        LogFault(path: path, offset: packedOffset, reason: readFault?.description ?? reason)
    }
}
