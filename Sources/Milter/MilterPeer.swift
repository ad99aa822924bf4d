// SPDX-License-Identifier: Apache-2.0
// The header of libmilter may be where `sockaddr` is seen first.
internal import CMilter
internal import Glibc

/// The address of an SMTP client.
public enum MilterPeer: Hashable, Sendable {
    /// An IPv4 address in host byte order, and a TCP port; Postfix says port 0 for mail that did not come by SMTP.
    case ipv4(UInt32, port: UInt16)
    /// An IPv6 address as two halves in host byte order, and a TCP port.
    case ipv6(high: UInt64, low: UInt64, port: UInt16)
    /// A Unix socket.
    case unix(path: String)

    /// Reads what libmilter hands to its connect callback: a union of the three kinds, large enough for each.
    init?(_ address: UnsafePointer<sockaddr>?) {
        guard let address else { return nil }
        let raw = UnsafeRawPointer(address)
        switch CInt(address.pointee.sa_family) {
        case AF_INET:
            let inet = raw.loadUnaligned(as: sockaddr_in.self)
            self = .ipv4(UInt32(bigEndian: inet.sin_addr.s_addr), port: UInt16(bigEndian: inet.sin_port))
        case AF_INET6:
            let inet = raw.loadUnaligned(as: sockaddr_in6.self)
            let halves = withUnsafeBytes(of: inet.sin6_addr) {
                ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
            self = .ipv6(
                high: UInt64(bigEndian: halves.0), low: UInt64(bigEndian: halves.1),
                port: UInt16(bigEndian: inet.sin6_port))
        case AF_UNIX:
            // libmilter has made sure that the path is terminated.
            let path = (raw + MemoryLayout<sa_family_t>.size).assumingMemoryBound(to: CChar.self)
            self = .unix(path: String(cString: path))
        default:
            return nil
        }
    }
}
