// SPDX-License-Identifier: Apache-2.0

/// Who is accountable for a submitted message.
///
/// Never taken from the envelope or the header: those can be forged.
public enum Sender: Hashable, Sendable {
    /// A SASL login, in the form that the site compares (lower-cased by default).
    case login(String)
    /// A process of this host: sendmail(1), or SMTP from a loopback address.
    case localUser(uid: UInt32)
    /// Local, but the uid could not be learnt in time.
    case unknownLocalUser
    /// A client in the trusted networks, by its address (IPv6 by its /64).
    case client(ClientAddress)
    /// An address of ours that forwards mail from outside.
    case forwarder(String)
}

/// The network address of an SMTP client.
public enum ClientAddress: Hashable, Sendable {
    /// Four bytes, in network order.
    case v4(UInt32)
    /// The two halves of an IPv6 address, in network order.
    case v6(UInt64, UInt64)
}
