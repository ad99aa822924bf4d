// SPDX-License-Identifier: Apache-2.0
import DKIM
import PosternCore

@testable import Deliverability

/// A site that has everything as receivers want it, and ways to spoil it.
struct RightSite {
    static let v4 = ClientAddress.v4(0xC000_0201)
    static let v6 = ClientAddress.v6(0x2001_0DB8_0000_0000, 1)
    static let key = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"

    var zone: [String: [TableSource.Record]] = [
        "a.root-servers.net": [.init(type: "A", value: "198.41.0.4")],
        "mail.example.com": [.init(type: "A", value: "192.0.2.1"), .init(type: "AAAA", value: "2001:db8::1")],
        TableSource.reverse(v4): [.init(type: "PTR", value: "mail.example.com")],
        TableSource.reverse(v6): [.init(type: "PTR", value: "mail.example.com")],
        "example.com": [
            .init(type: "MX", value: "mail.example.com"),
            .init(type: "TXT", value: "v=spf1 mx -all"), .init(type: "TXT", value: "some-site-verification=1"),
        ],
        "s1._domainkey.example.com": [.init(type: "TXT", value: "v=DKIM1; k=rsa; p=\(key)")],
        "_dmarc.example.com": [.init(type: "TXT", value: "v=DMARC1; p=none; rua=mailto:dmarc@example.com")],
        "2.0.0.127.bl.example": [.init(type: "A", value: "127.0.0.2")],
    ]
    var site = SendingSite(
        addresses: [v4, v6], helo: "mail.example.com",
        domains: [
            .init(
                name: "example.com",
                keys: [KeyRecord(selector: "s1", domain: "example.com", text: "v=DKIM1; k=rsa; p=\(key)")])
        ], blocklists: ["bl.example"])

    /// Other TXT records at a name.
    mutating func publish(_ texts: String..., at name: String) {
        zone[name, default: []].removeAll { $0.type == "TXT" }
        zone[name, default: []] += texts.map { .init(type: "TXT", value: $0) }
    }

    /// Other records of a type at a name; `TIMEOUT` for a question that is not answered.
    mutating func set(_ name: String, _ type: String, _ values: String...) {
        zone[name, default: []].removeAll { $0.type == type }
        zone[name, default: []] += values.map { .init(type: type, value: $0) }
    }

    func items() async -> [CheckItem] {
        await DNSCheck(site, by: TableSource(zone)).run()
    }

    func findings() async -> [FindingKind] {
        await items().compactMap(\.finding?.kind)
    }
}
