// SPDX-License-Identifier: Apache-2.0

/// `relay=`.
public struct LogRelay: Hashable, Sendable {
    /// The host name, or the word that stands for it.
    public let name: LineRange
    /// The address or, for a Unix socket, its path; `nil` for a word.
    public let address: LineRange?
    /// The TCP port; `nil` for a word or a Unix socket.
    public let port: UInt16?

    /// Whether no server was asked: `relay=none`.
    public func isNone(in line: Span<UInt8>) -> Bool {
        address == nil && name.equals("none", in: line)
    }

    /// Whether the message went to a program of this host: a Unix socket, 127.0.0.0/8 or ::1.
    public func isLocal(in line: Span<UInt8>) -> Bool {
        guard let address else { return !isNone(in: line) }
        let bounds = address.bounds(in: line)
        return line.has("127.", at: bounds.lowerBound) || address.equals("::1", in: line)
            || line.place(of: UInt8(ascii: "/"), from: bounds.lowerBound, to: bounds.upperBound) != nil
    }
}
