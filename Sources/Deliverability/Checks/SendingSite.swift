// SPDX-License-Identifier: Apache-2.0
public import DKIM
public import PosternCore

/// What a site is to the world: who sends, from where, in whose name.
public struct SendingSite: Sendable {
    /// A domain that we sign for.
    public struct Domain: Hashable, Sendable {
        /// The signing domain, in lower case.
        public var name: String
        /// Whether authors of its subdomains are signed by it.
        public var coversSubdomains: Bool
        /// What should be published of its keys.
        public var keys: [KeyRecord]

        /// A domain.
        public init(name: String, coversSubdomains: Bool = false, keys: [KeyRecord] = []) {
            self.name = name
            self.coversSubdomains = coversSubdomains
            self.keys = keys
        }
    }

    /// A host that takes mail while a provider lists us.
    public struct Relay: Hashable, Sendable {
        /// Whose mail it takes, by the provider's name.
        public var provider: String
        /// Its name or address.
        public var host: String

        /// A relay.
        public init(provider: String, host: String) {
            self.provider = provider
            self.host = host
        }
    }

    /// The addresses that receivers see.
    public var addresses: [ClientAddress]
    /// What Postfix says in HELO.
    public var helo: String
    /// The domains that we sign for.
    public var domains: [Domain]
    /// Backup relays.
    public var relays: [Relay]
    /// The block lists that are asked, by their zones.
    public var blocklists: [String]
    /// The most recipients at outlook.com, hotmail.com and the like that any day of the last week had; `nil` if not known.
    public var mostToMicrosoft: Int?

    /// A site.
    public init(
        addresses: [ClientAddress], helo: String, domains: [Domain] = [], relays: [Relay] = [],
        blocklists: [String] = [], mostToMicrosoft: Int? = nil
    ) {
        self.addresses = addresses
        self.helo = helo
        self.domains = domains
        self.relays = relays
        self.blocklists = blocklists
        self.mostToMicrosoft = mostToMicrosoft
    }
}

extension ClientAddress {
    /// Whether the Internet can see it: not loopback, link-local, private (RFC 1918, 4193) or shared (RFC 6598).
    public var isPublic: Bool {
        !Self.hidden.contains { $0.contains(self) }
    }

    var family: AddressFamily {
        switch self {
        case .v4: .v4
        case .v6: .v6
        }
    }

    private static let hidden = [
        AddressBlock(address: .v4(0), prefixLength: 8), AddressBlock(address: .v4(10 << 24), prefixLength: 8),
        AddressBlock(address: .v4(127 << 24), prefixLength: 8),
        AddressBlock(address: .v4(0x6440_0000), prefixLength: 10),
        AddressBlock(address: .v4(0xA9FE_0000), prefixLength: 16),
        AddressBlock(address: .v4(0xAC10_0000), prefixLength: 12),
        AddressBlock(address: .v4(0xC0A8_0000), prefixLength: 16),
        AddressBlock(address: .v4(0xE000_0000), prefixLength: 3),
        AddressBlock(address: .v6(0, 0), prefixLength: 64), AddressBlock(address: .v6(0xFC << 56, 0), prefixLength: 7),
        AddressBlock(address: .v6(0xFE80 << 48, 0), prefixLength: 10),
        AddressBlock(address: .v6(0xFF << 56, 0), prefixLength: 8),
    ]
}
