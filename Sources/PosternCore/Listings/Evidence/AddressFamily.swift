// SPDX-License-Identifier: Apache-2.0

/// The kind of address that we send from, which is that of the relay we talk to.
///
/// A provider keeps a list for each, and Postfix's line names the relay's address but not ours.
public enum AddressFamily: String, Hashable, Sendable, CaseIterable, Codable {
    /// IPv4.
    case v4
    /// IPv6.
    case v6
}
