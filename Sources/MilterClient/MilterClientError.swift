// SPDX-License-Identifier: Apache-2.0

/// Why a conversation with a milter cannot go on.
public enum MilterClientError: Error, Hashable, Sendable {
    /// Nobody answers at the endpoint; the number is an `errno`.
    case cannotConnect(errno: Int32)
    /// The milter has closed the connection.
    case closed
    /// The milter has said nothing for the time allowed.
    case timedOut
    /// Reading or writing failed; the number is an `errno`.
    case failed(errno: Int32)
    /// The milter has sent what the protocol does not allow here.
    case unexpected(MilterReplyPacket)
    /// The milter states a length that no packet has.
    case badLength(UInt32)
}
