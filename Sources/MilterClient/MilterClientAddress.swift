// SPDX-License-Identifier: Apache-2.0

/// Where an SMTP client is, as an MTA tells a milter.
public enum MilterClientAddress: Hashable, Sendable {
    /// Not known.
    case unknown
    /// An IPv4 address, as text.
    case ipv4(String, port: UInt16)
    /// An IPv6 address, as text, without brackets.
    case ipv6(String, port: UInt16)
    /// A Unix socket.
    case unix(String)
}
