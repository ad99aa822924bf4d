// SPDX-License-Identifier: Apache-2.0

/// What a receiver makes of a domain's SPF record for one client (RFC 7208 §2.6).
public enum SPFResult: String, Hashable, Sendable, CaseIterable {
    /// There is no record, or no domain to look for one.
    case none
    /// The record says nothing of the client.
    case neutral
    /// The client may send for the domain.
    case pass
    /// It may not.
    case fail
    /// It probably may not.
    case softfail
    /// The DNS failed; another try may tell.
    case temperror
    /// The record is wrong, or asks for more than a receiver does.
    case permerror
}
