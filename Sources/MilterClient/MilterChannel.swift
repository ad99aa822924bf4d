// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A blocking connection to a milter, packet by packet; for any bytes, well formed or not.
public final class MilterChannel {
    private let descriptor: CInt

    /// The longest packet that is taken from a milter, in bytes.
    public static let maximumPacketSize: UInt32 = 1 << 24

    /// Connects.
    /// - Parameters:
    ///   - endpoint: Where the milter listens.
    ///   - timeout: How long one read or write may take, in seconds, from 1.
    /// - Throws: ``MilterClientError/cannotConnect(errno:)``.
    public init(to endpoint: MilterEndpoint, timeout: Int = 10) throws(MilterClientError) {
        descriptor = try endpoint.connect()
        var limit = timeval(tv_sec: max(timeout, 1), tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    deinit {
        close(descriptor)
    }

    /// Says that nothing more will be sent, and goes on reading.
    public func finishSending() {
        shutdown(descriptor, CInt(SHUT_WR))
    }

    /// Writes all of the bytes.
    /// - Throws: ``MilterClientError/closed``, ``MilterClientError/timedOut``, ``MilterClientError/failed(errno:)``.
    public func send(_ bytes: [UInt8]) throws(MilterClientError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Self.cause() }
            sent += count
        }
    }

    /// Writes the packets.
    /// - Throws: As ``send(_:)-([UInt8])``.
    public func send(_ packets: MilterPackets) throws(MilterClientError) {
        try send(packets.bytes)
    }

    /// Reads one packet.
    /// - Returns: The packet.
    /// - Throws: ``MilterClientError/closed``, ``MilterClientError/timedOut``, ``MilterClientError/badLength(_:)``,
    ///   ``MilterClientError/failed(errno:)``.
    public func receive() throws(MilterClientError) -> MilterReplyPacket {
        let head = try read(5)
        let length = head.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        guard (1...Self.maximumPacketSize).contains(length) else { throw .badLength(length) }
        return MilterReplyPacket(code: head[4], payload: try read(Int(length) - 1))
    }

    private func read(_ count: Int) throws(MilterClientError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let more = bytes[done...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard more != 0 else { throw .closed }
            guard more > 0 else { throw Self.cause() }
            done += more
        }
        return bytes
    }

    private static func cause() -> MilterClientError {
        switch errno {
        case EAGAIN: .timedOut
        case EPIPE, ECONNRESET: .closed
        case let number: .failed(errno: number)
        }
    }
}
