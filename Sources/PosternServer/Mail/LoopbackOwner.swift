// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

/// Which local user holds the other end of an SMTP connection from this very host.
///
/// Web applications often speak SMTP to 127.0.0.1 without a login; the kernel's table of connections tells whose socket
/// it is (proc(5), /proc/net/tcp). It is read in the milter's callback, without disk: at most `largestTable` bytes.
enum LoopbackOwner {
    /// About 25,000 connections; behind that the user stays unknown.
    private static let largestTable = 4 << 20

    /// The user whose client socket has this port; `nil` if the table does not tell.
    static func uid(of client: ClientAddress, port: UInt16) -> UInt32? {
        guard client.isLoopback, port != 0 else { return nil }
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            if let uid = contents(of: table).withUnsafeBytes({ uid(in: $0, port: port) }) { return uid }
        }
        return nil
    }

    /// The user of the established connection whose local end has this port.
    ///
    /// A line is `sl local_address rem_address st tx:rx tr:when retrnsmt uid …`, addresses and ports in hexadecimal.
    static func uid(in table: UnsafeRawBufferPointer, port: UInt16) -> UInt32? {
        for line in table.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 8)
            guard fields.count > 7, fields[3].elementsEqual("01".utf8),
                let colon = fields[1].lastIndex(of: UInt8(ascii: ":")),
                UInt16(text(fields[1][(colon + 1)...]), radix: 16) == port
            else { continue }
            return UInt32(text(fields[7]))
        }
        return nil
    }

    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static func contents(of path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count < largestTable {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
