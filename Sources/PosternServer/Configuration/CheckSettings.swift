// SPDX-License-Identifier: Apache-2.0
internal import Deliverability
public import PosternCore
public import Settings

/// What `postern check` must know.
public struct CheckSettings: Hashable, Sendable {
    /// The addresses that receivers see; empty where Postfix and the kernel tell.
    public var addresses: [ClientAddress]
    /// The block lists that are asked, by their zones.
    public var blocklists: [String]

    /// The hour of the nightly check, by the host's own time; `nil` where there is none.
    public var hour: Int?

    /// Reads `[check]`.
    public init(_ section: Section) {
        addresses = section.value(
            "addresses", .list(of: .hostAddress), default: [],
            help:
                "The addresses that receivers see, such as [\"192.0.2.1\", \"2001:db8::1\"]. Left out, "
                + "smtp_bind_address of Postfix, else those by which this host reaches the Internet; behind NAT they "
                + "must be named.")
        blocklists = section.value(
            "blocklists", .list(of: .domainName), default: KnownBlocklist.usual,
            help: "The block lists that are asked for our addresses, by their zones; empty asks none. "
                + "b.barracudacentral.org wants the resolver's address registered first.")
        let isNightly = section.value(
            "nightly", .flag, default: true,
            help: "Whether the daemon checks by itself once a day, and raises an alert for what is newly amiss.")
        let hour = section.value(
            "hour", .integer(in: 0...23), default: 4,
            help: "The hour of the day, by the host's own time, within which it does so.")
        self.hour = isNightly ? hour : nil
    }
}

extension Kind where Value == ClientAddress {
    /// One address, IPv4 or IPv6.
    static var hostAddress: Kind {
        .parsed("an address such as \"192.0.2.1\" or \"2001:db8::1\"") { text in
            guard let address = ClientAddress(parsing: text) else {
                return .refused("\(quoted(text)) is not an address")
            }
            return .value(address)
        } print: {
            $0.description
        }
    }
}
