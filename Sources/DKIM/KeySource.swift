// SPDX-License-Identifier: Apache-2.0

/// Where a verifier gets public keys.
public enum KeySource: Sendable, Hashable {
    /// The records given here, and no others; nothing is asked of the network.
    case records([KeyRecord])
    /// The DNS, by libopendkim's own resolver and the host's `resolv.conf`.
    case dns
}
