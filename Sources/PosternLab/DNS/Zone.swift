// SPDX-License-Identifier: Apache-2.0

/// What the lab's DNS knows; every other name does not exist.
enum Zone {
    /// A day: nothing in the lab shall depend on a record's age.
    private static let timeToLive = 86_400

    /// Recipient domains with their exchangers, the preferred first.
    static let exchangers: [(domain: String, hosts: [String])] = [
        ("hotmail.com", ["hotmail-com.olc.protection.outlook.com"]),
        ("outlook.com", ["outlook-com.olc.protection.outlook.com"]),
        ("live.com", ["live-com.olc.protection.outlook.com"]),
        ("contoso.example", ["contoso-example.mail.protection.outlook.com"]),
        ("fabrikam.example", ["fabrikam-example.mail.protection.outlook.com"]),
        ("gmail.com", ["gmail-smtp-in.l.google.com", "alt1.gmail-smtp-in.l.google.com"]),
        ("workspace.example", ["aspmx.l.google.com"]),
        ("yahoo.com", ["mta5.am0.yahoodns.net", "mta6.am0.yahoodns.net"]),
        ("aol.com", ["mx-aol.mail.gm0.yahoodns.net"]),
        ("gmx.de", ["mx00.emig.gmx.net", "mx01.emig.gmx.net"]),
        ("web.de", ["mx-ha02.web.de"]),
        ("icloud.com", ["mx01.mail.icloud.com"]),
        ("other.example", ["mx.other.example"]),
        ("another.example", ["mx.another.example"]),
        (Place.domain, [Place.hostName]),
    ]

    /// Names with their addresses, both ways.
    static var hosts: [(name: String, addresses: [String])] {
        MXHost.all.map { ($0.name, $0.addresses) } + [
            (Place.hostName, [Place.server, Place.server6]),
            ("client.\(Place.domain)", [Place.trustedClient]),
            ("outsider.example", [Place.outsider, Place.outsider6]),
        ]
    }

    /// The whole as unbound.conf(5) wants it.
    static var configuration: String {
        var lines: [String] = []
        for (domain, hosts) in exchangers {
            for (index, host) in hosts.enumerated() {
                lines.append(#"local-data: "\#(domain). \#(timeToLive) IN MX \#((index + 1) * 10) \#(host).""#)
            }
        }
        for (name, addresses) in hosts {
            for address in addresses {
                let type = address.contains(":") ? "AAAA" : "A"
                lines.append(#"local-data: "\#(name). \#(timeToLive) IN \#(type) \#(address)""#)
                lines.append(#"local-data-ptr: "\#(address) \#(timeToLive) \#(name)""#)
            }
        }
        lines.append(
            #"local-data: '\#(Place.domain). \#(timeToLive) IN TXT "v=spf1 ip4:\#(Place.server) ip6:\#(Place.server6) -all"'"#
        )
        return lines.map { "    \($0)\n" }.joined()
    }
}
