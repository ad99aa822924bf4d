// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import Deliverability

@Suite struct `A check of the DNS` {
    @Test func `finds nothing where all is right, and says of each thing what it saw`() async {
        let items = await RightSite().items()
        #expect(items.compactMap(\.finding).isEmpty)
        #expect(
            items.map(\.name) == ["192.0.2.1", "2001:db8::1", "HELO", "bl.example", "MX", "SPF", "DKIM s1", "DMARC"])
        #expect(
            items.allSatisfy {
                if case .good = $0.outcome { true } else { false }
            })
    }

    @Test func `says once that the DNS is silent, and nothing else`() async {
        let right = RightSite()
        let items = await DNSCheck(right.site, by: TableSource(right.zone, isDead: true)).run()
        #expect(items.compactMap(\.finding?.kind) == [.dnsSilent])
        #expect(items.count == 1)
    }

    @Test func `says of one name that it cannot be looked up, where others can`() async {
        var site = RightSite()
        site.set("example.com", "MX", "TIMEOUT")
        // The policy says mx, so SPF cannot be told either.
        #expect(await site.findings() == [.lookupFailed, .lookupFailed])
    }

    @Test func `goes on where the names of the site's own zone fail but the root answers`() async {
        var site = RightSite()
        for name in site.zone.keys where name.hasSuffix("example.com") {
            site.zone[name] = [.init(type: "*", value: "TIMEOUT")]
        }
        let findings = await site.findings()
        #expect(!findings.contains(.dnsSilent))
        #expect(Set(findings) == [.lookupFailed])
    }

    /// One thing spoilt, and the one thing that is to be found.
    struct Spoilt: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var kinds: [FindingKind]
        var spoil: @Sendable (inout RightSite) -> Void

        init(_ name: String, _ kinds: FindingKind..., spoil: @escaping @Sendable (inout RightSite) -> Void) {
            testDescription = name
            self.kinds = kinds
            self.spoil = spoil
        }
    }

    @Test(arguments: [
        Spoilt("no PTR", .addressNameless) { $0.zone[TableSource.reverse(RightSite.v4)] = nil },
        Spoilt("a PTR that does not lead back", .addressUnconfirmed) {
            $0.set(TableSource.reverse(RightSite.v6), "PTR", "host-1.provider.example")
        },
        Spoilt("no address known", .addressUnknown) { $0.site.addresses = [] },
        Spoilt("a private address", .addressUnknown) { $0.site.addresses = [.v4(0x0A00_0001)] },
        Spoilt("a HELO without a dot", .heloNoName) { $0.site.helo = "mail" },
        Spoilt("a HELO of nowhere", .heloNowhere) { $0.site.helo = "gone.example.com" },
        Spoilt("a HELO without the IPv6 address", .addressUnconfirmed, .heloElsewhere, .spfRefuses) {
            $0.set("mail.example.com", "AAAA")
        },
        Spoilt("a HELO whose own SPF refuses us", .heloRefused) {
            $0.publish("v=spf1 -all", at: "mail.example.com")
        },
        Spoilt("an address on a list", .blocklisted) { $0.set("1.2.0.192.bl.example", "A", "127.0.0.3") },
        Spoilt("no MX", .mxMissing, .spfRefuses) { $0.set("example.com", "MX") },
        Spoilt("the null MX", .mxNull, .spfRefuses) { $0.set("example.com", "MX", "") },
        Spoilt("an MX without address", .mxNowhere) {
            $0.set("example.com", "MX", "mail.example.com", "old.example.com")
        },
        Spoilt("no SPF", .spfMissing) { $0.publish("some text", at: "example.com") },
        Spoilt("two SPF records", .spfSeveral) { $0.publish("v=spf1 mx -all", "v=spf1 a ~all", at: "example.com") },
        Spoilt("SPF with a mistake", .spfBroken) { $0.publish("v=spf1 mx ipv4:192.0.2.1 -all", at: "example.com") },
        Spoilt("SPF that includes itself", .spfBroken) { $0.publish("v=spf1 include:example.com", at: "example.com") },
        Spoilt("SPF with eleven look-ups", .spfBroken) {
            $0.publish(
                "v=spf1 " + (0..<11).map { _ in "a:mail.example.com" }.joined(separator: " ") + " -all",
                at: "example.com")
        },
        Spoilt("SPF without the IPv6 address", .spfRefuses) {
            $0.publish("v=spf1 ip4:192.0.2.1 ~all", at: "example.com")
        },
        Spoilt("SPF that says nothing of us", .spfRefuses) { $0.publish("v=spf1 ?all", at: "example.com") },
        Spoilt("SPF for everybody", .spfOpen) { $0.publish("v=spf1 +all", at: "example.com") },
        Spoilt("SPF for everybody, said elsewhere", .spfOpen) {
            $0.publish("v=spf1 mx include:open.example -all", at: "example.com")
            $0.publish("v=spf1 ip4:0.0.0.0/0 -all", at: "open.example")
        },
        Spoilt("a backup relay outside SPF", .spfRefusesRelay) {
            $0.site.relays = [.init(provider: "microsoft-consumer", host: "relay.example.net")]
            $0.set("relay.example.net", "A", "198.51.100.9")
        },
        Spoilt("no key", .dkimMissing) { $0.zone["s1._domainkey.example.com"] = nil },
        Spoilt("two keys at one name", .dkimSeveral) {
            $0.publish("v=DKIM1; p=\(RightSite.key)", "v=DKIM1; p=AAAA", at: "s1._domainkey.example.com")
        },
        Spoilt("another key", .dkimDiffers) { $0.publish("v=DKIM1; k=rsa; p=AAAA", at: "s1._domainkey.example.com") },
        Spoilt("another kind of key", .dkimDiffers) {
            $0.publish("v=DKIM1; k=ed25519; p=\(RightSite.key)", at: "s1._domainkey.example.com")
        },
        Spoilt("a withdrawn key", .dkimRevoked) { $0.publish("v=DKIM1; p=", at: "s1._domainkey.example.com") },
        Spoilt("a key in quotes of its own", .dkimUnusable) {
            $0.publish("\"v=DKIM1; k=rsa; p=\(RightSite.key)\"", at: "s1._domainkey.example.com")
        },
        Spoilt("a key for SHA-1", .dkimUnusable) {
            $0.publish("v=DKIM1; h=sha1; p=\(RightSite.key)", at: "s1._domainkey.example.com")
        },
        Spoilt("a key that is tested", .dkimTesting) {
            $0.publish("v=DKIM1; t=y; p=\(RightSite.key)", at: "s1._domainkey.example.com")
        },
        Spoilt("no DMARC", .dmarcMissing) { $0.zone["_dmarc.example.com"] = nil },
        Spoilt("two DMARC records", .dmarcSeveral) {
            $0.publish("v=DMARC1; p=none", "v=DMARC1; p=reject", at: "_dmarc.example.com")
        },
        Spoilt("DMARC without a policy", .dmarcBroken) {
            $0.publish("v=DMARC1; rua=mailto:a@example.com", at: "_dmarc.example.com")
        },
        Spoilt("DMARC with a policy that is none", .dmarcBroken) {
            $0.publish("v=DMARC1; p=monitor; rua=mailto:a@example.com", at: "_dmarc.example.com")
        },
        Spoilt("DMARC without reports", .dmarcReportless) { $0.publish("v=DMARC1; p=none", at: "_dmarc.example.com") },
        Spoilt("DMARC with reports to a stranger", .dmarcReportsRefused) {
            $0.publish("v=DMARC1; p=none; rua=mailto:a@reports.example", at: "_dmarc.example.com")
        },
        Spoilt("exact alignment for a parent's signature", .dmarcUnaligned) {
            $0.publish("v=DMARC1; p=none; adkim=s; rua=mailto:a@example.com", at: "_dmarc.example.com")
            $0.site.domains[0].coversSubdomains = true
        },
        Spoilt("much to Microsoft without DMARC", .microsoftVolume, .dmarcMissing) {
            $0.zone["_dmarc.example.com"] = nil
            $0.site.mostToMicrosoft = 5000
        },
    ])
    func `finds what is spoilt, and nothing else`(_ spoilt: Spoilt) async {
        var site = RightSite()
        spoilt.spoil(&site)
        #expect(await site.findings() == spoilt.kinds)
    }

    @Test(arguments: [
        Spoilt("fewer than Microsoft's five thousand") {
            $0.site.mostToMicrosoft = 4999
        },
        Spoilt("DMARC at the parent") {
            $0.site.domains[0].name = "news.example.com"
            $0.site.domains[0].keys = []
            $0.zone["news.example.com"] = $0.zone["example.com"]
        },
        Spoilt("a relay that SPF includes") {
            $0.site.relays = [.init(provider: "gmail", host: "relay.example.net")]
            $0.set("relay.example.net", "A", "198.51.100.9")
            $0.publish("v=spf1 mx a:relay.example.net -all", at: "example.com")
        },
        Spoilt("a key split by blanks, of no stated kind") {
            $0.publish(
                "v=DKIM1; p=\(RightSite.key.prefix(20)) \(RightSite.key.dropFirst(20))", at: "s1._domainkey.example.com"
            )
        },
        Spoilt("reports to another domain that agreed") {
            $0.publish("v=DMARC1; p=none; rua=mailto:a@reports.example!10m", at: "_dmarc.example.com")
            $0.publish("v=DMARC1", at: "example.com._report._dmarc.reports.example")
        },
        Spoilt("an include behind us that fails") {
            $0.publish("v=spf1 mx include:slow.example -all", at: "example.com")
            $0.zone["slow.example"] = [.init(type: "*", value: "TIMEOUT")]
        },
        Spoilt("a private IPv6 address beside a public one") {
            $0.site.addresses = [RightSite.v4, .v6(0xFD00_0000_0000_0000, 2)]
        },
        Spoilt("a second name of the address that leads elsewhere") {
            $0.set(TableSource.reverse(RightSite.v4), "PTR", "www.example.org", "mail.example.com")
        },
    ])
    func `raises no false alarm`(_ variant: Spoilt) async {
        var site = RightSite()
        variant.spoil(&site)
        #expect(await site.findings() == [])
    }

    @Test(arguments: [
        ("it is dead", ["2.0.0.127.bl.example": String?.none]),
        ("it lists the world", ["1.0.0.127.bl.example": "127.0.0.2", "1.2.0.192.bl.example": "127.0.0.2"]),
        (
            "it refuses this resolver",
            ["2.0.0.127.bl.example": "127.255.255.254", "1.2.0.192.bl.example": "127.255.255.254"]
        ),
    ])
    func `does not believe a block list where`(_ case: (String, [String: String?])) async {
        var site = RightSite()
        for (name, value) in `case`.1 { site.zone[name] = value.map { [.init(type: "A", value: $0)] } }
        let item = await site.items().first { $0.name == "bl.example" }
        guard case .unknown = item?.outcome else {
            Issue.record("\(String(describing: item))")
            return
        }
        #expect(await site.findings() == [])
    }

    @Test func `looks at each of many domains, in their order`() async {
        var site = RightSite()
        site.site.blocklists = []
        site.site.domains = (0..<50).map { .init(name: "d\($0).example") }
        for domain in site.site.domains {
            site.zone[domain.name] = site.zone["example.com"]
            site.zone["_dmarc.\(domain.name)"] = [
                .init(type: "TXT", value: "v=DMARC1; p=none; rua=mailto:a@\(domain.name)")
            ]
        }
        let items = await site.items()
        #expect(items.compactMap(\.finding).isEmpty)
        #expect(items.filter { $0.name == "SPF" }.map(\.section) == site.site.domains.map { .domain($0.name) })
    }

    @Test func `gives up where its patience is at its end, which is not taken for a silent DNS`() async {
        let right = RightSite()
        let items = await DNSCheck(right.site, by: TableSource(right.zone), patience: .zero).run()
        #expect(Set(items.compactMap(\.finding?.kind)) == [.lookupFailed])
    }

    @Test func `gives the record that puts it right`() async {
        var site = RightSite()
        site.publish("v=spf1 ip4:192.0.2.1 ~all", at: "example.com")
        let finding = await site.items().lazy.compactMap(\.finding).first
        #expect(
            finding?.remedy == .publish("example.com. IN TXT \"v=spf1 ip6:2001:db8::1 ip4:192.0.2.1 ~all\""))
        site = RightSite()
        site.zone["s1._domainkey.example.com"] = nil
        let missing = await site.items().lazy.compactMap(\.finding).first
        #expect(
            missing?.remedy
                == .publish("s1._domainkey.example.com. IN TXT \"v=DKIM1; k=rsa; p=\(RightSite.key)\""))
    }
}
