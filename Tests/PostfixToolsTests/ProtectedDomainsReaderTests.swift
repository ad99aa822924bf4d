// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixTools
import Testing

private let now = Moment(seconds: 1_800_000_000)

@Suite struct `The site's own domains` {
    @Test func `are those that main.cf names, and what lies below them`() throws {
        let site = try PostfixSite(
            """
            mydestination = mail.lab.example, !not.example
            virtual_alias_domains = alias.example
            virtual_mailbox_domains = box.example
            relay_domains = relay.example
            """)
        let domains = try site.domains()
        for domain in ["mail.lab.example", "alias.example", "box.example", "relay.example", "sub.relay.example"] {
            #expect(domains.protection(of: domain, at: now) == .protected(by: "main.cf or a table of it"), "\(domain)")
        }
        #expect(domains.protection(of: "hotmail.com", at: now) == .open)
        #expect(domains.protection(of: "lab.example", at: now) == .open)
        #expect(domains.gaps == [])
    }

    @Test func `are listed from tables that can be listed, and from files`() throws {
        let site = try PostfixSite(
            """
            mydestination = DIR/destinations, inline:{ {in.example = x}, two.example=y }
            virtual_alias_maps = hash:DIR/virtual
            virtual_mailbox_domains = btree:DIR/boxes
            relay_domains = texthash:DIR/relays
            transport_maps = proxy:hash:DIR/transport
            """)
        try site.write(
            "# a comment with commented.example\nfile.example, hash:\(site.directory)/more\n", to: "destinations")
        try site.index("hash", "more", "more.example x\n")
        try site.index("hash", "virtual", "alias.example x\nbob@hotmail.com bob@gmail.com\n")
        try site.index("btree", "boxes", "box.example x\n")
        try site.write("Relay.Example x\n", to: "relays")
        try site.index("hash", "transport", "routed.example smtp:[192.0.2.9]\n.below.example x:\nuser@one.example x:\n")
        let domains = try site.domains()
        #expect(domains.gaps == [])
        #expect(domains.askedTables == [])
        for domain in [
            "file.example", "more.example", "in.example", "two.example", "alias.example", "box.example",
            "relay.example", "routed.example", "a.below.example", "one.example",
        ] {
            #expect(domains.listed.contains(domain), "\(domain)")
        }
        for domain in ["hotmail.com", "gmail.com", "below.example", "commented.example"] {
            #expect(domains.protection(of: domain, at: now) == .open, "\(domain)")
        }
    }

    @Test func `are asked for where a table cannot be listed`() throws {
        let site = try PostfixSite(
            """
            mydestination =
            virtual_mailbox_domains = pcre:DIR/boxes
            transport_maps = pcre:DIR/transport
            """)
        try site.write("/^box[0-9]+\\.example$/ x\n", to: "boxes")
        try site.write("/@routed\\.example$/ smtp:[192.0.2.9]\n", to: "transport")
        let domains = try site.domains()
        #expect(domains.askedTables.count == 2)
        #expect(
            domains.protection(of: "box7.example", at: now)
                == .protected(by: "virtual_mailbox_domains has pcre:\(site.directory)/boxes"))
        #expect(
            domains.protection(of: "routed.example", at: now)
                == .protected(by: "transport_maps has pcre:\(site.directory)/transport"))
        #expect(domains.protection(of: "hotmail.com", at: now) == .open)
        // Remembered for a while, though the table has changed.
        try site.write("/./ x\n", to: "boxes")
        #expect(domains.protection(of: "hotmail.com", at: now + .seconds(299)) == .open)
        #expect(domains.protection(of: "hotmail.com", at: now + .seconds(300)) != .open)
        #expect(domains.protection(of: "a\nb", at: now) == .unknown("it is no domain"))
    }

    @Test func `are all where a relay host or a route for everything carries the mail`() throws {
        let relayed = try PostfixSite("mydestination =\nrelayhost = [smtp.example.com]").domains()
        #expect(relayed.protection(of: "hotmail.com", at: now) == .protected(by: "relayhost is [smtp.example.com]"))
        let site = try PostfixSite("mydestination =\ntransport_maps = hash:DIR/transport")
        try site.index("hash", "transport", "* smtp:[192.0.2.9]\n")
        let everything = try site.domains()
        #expect(
            everything.protection(of: "hotmail.com", at: now)
                == .protected(by: "hash:\(site.directory)/transport routes *"))
        let fixed = try PostfixSite("mydestination =\nrelay_domains = static:all").domains()
        #expect(fixed.protection(of: "hotmail.com", at: now) == .protected(by: "relay_domains has static:all"))
    }

    @Test func `are not known while something cannot be read, and then no domain is open`() throws {
        let site = try PostfixSite("mydestination = DIR/absent\nrelay_domains = hash:DIR/relays, pcre:DIR/absent")
        let domains = try site.domains()
        #expect(domains.gaps.map(\.parameter) == ["mydestination", "relay_domains"])
        #expect(
            domains.protection(of: "hotmail.com", at: now)
                == .unknown("mydestination: \(site.directory)/absent: it cannot be read"))
        let asked = try PostfixSite("mydestination =\nrelay_domains = pcre:DIR/absent").domains()
        guard case .unknown(let reason) = asked.protection(of: "hotmail.com", at: now) else {
            Issue.record("a table that cannot be asked must not leave a domain open")
            return
        }
        #expect(reason.contains("No such file or directory"), "\(reason)")
    }

    @Test func `do not include what stands in tables of ours`() throws {
        let site = try PostfixSite("mydestination =\ntransport_maps = hash:DIR/ours")
        try site.index("hash", "ours", "* retry:x\n")
        let domains = try site.domains(excluding: ["hash:\(site.directory)/ours"])
        #expect(domains.protection(of: "hotmail.com", at: now) == .open)
    }
}
