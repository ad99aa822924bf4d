// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Settings

/// Who is accountable for what is submitted.
public struct SenderSettings: Sendable {
    /// How it is told who is accountable.
    public var policy = SenderPolicy()

    /// Reads `[senders]`.
    public init(_ section: Section) {
        let networks = section.value(
            "trusted-networks", .list(of: .addressBlock), default: AddressBlock.loopback,
            help: "The clients whose mail is ours without a login: what mynetworks is in main.cf.")
        policy.trustedNetworks = AddressSet(networks)
        let hosted = section.value(
            "hosted-domains", .list(of: .domainName), default: [],
            help:
                "The domains whose mail ends on this host: mydestination and virtual_mailbox_domains. Their recipients "
                + "do not count, for what stays cannot harm the address that we send from.")
        let relayed = section.value(
            "relayed-domains", .list(of: .domainName), default: [],
            help: "The domains whose mail goes on to hosts behind this one: relay_domains.")
        policy.domainRole = Self.roles(hosted: Set(hosted), relayed: Set(relayed))
    }

    private static func roles(
        hosted: Set<String>, relayed: Set<String>
    ) -> @Sendable (String) -> DomainRole {
        { hosted.contains($0) ? .hosted : relayed.contains($0) ? .relayed : .foreign }
    }
}
