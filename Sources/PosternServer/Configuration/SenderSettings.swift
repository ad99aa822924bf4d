// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Settings

/// Who is accountable for what is submitted.
public struct SenderSettings: Sendable {
    /// The clients whose mail is ours without a login.
    public var trustedNetworks: AddressSet

    /// Reads `[senders]`.
    public init(_ section: Section) {
        let networks = section.value(
            "trusted-networks", .list(of: .addressBlock), default: AddressBlock.loopback,
            help: "The clients whose mail is ours without a login: what mynetworks is in main.cf.")
        trustedNetworks = AddressSet(networks)
    }
}
