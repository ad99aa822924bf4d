// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The route table` {
    private let key = ListingKey(.microsoft)

    private func table(protected: [String] = []) -> RouteTable {
        RouteTable(
            protected: ProtectedDomains(protected),
            domains: ProviderDomains(shipped: ["hotmail.com": .microsoft, "live.com": .microsoft, "yahoo.com": .yahoo]))
    }

    private func row(_ key: String, _ text: String = "4.7.0 x", until: Double = 30) -> RouteRow {
        RouteRow(key: key, target: .retry(text: text), expires: .at(until))
    }

    @Test func `keeps all domains of a paused provider, and says so once`() {
        var table = table()
        table.pause(key, text: "4.7.0 x", until: .at(30))
        let batch = table.difference(at: .at(0))
        #expect(batch == RouteBatch(upserts: [row("hotmail.com"), row("live.com")]))
        // A write that failed is tried again.
        #expect(table.difference(at: .at(1)) == batch)
        table.published(batch)
        #expect(table.difference(at: .at(1)).isEmpty)
    }

    @Test func `renews leases and takes rows away when the pause ends`() {
        var table = table()
        table.pause(key, text: "4.7.0 x", until: .at(30))
        table.published(table.difference(at: .at(0)))
        table.renew(key, until: .at(35))
        let renewed = table.difference(at: .at(5))
        #expect(renewed.upserts == [row("hotmail.com", until: 35), row("live.com", until: 35)])
        table.published(renewed)
        table.endPause(key)
        #expect(table.difference(at: .at(6)) == RouteBatch(deletes: ["hotmail.com", "live.com"]))
    }

    @Test func `forgets a pause whose lease nobody renewed`() {
        var table = table()
        table.pause(key, text: "4.7.0 x", until: .at(30))
        table.published(table.difference(at: .at(0)))
        #expect(table.difference(at: .at(30)).deletes == ["hotmail.com", "live.com"])
        #expect(!table.isPaused(.microsoft, at: .at(30)))
        #expect(table.isPaused(.microsoft, at: .at(30) - .milliseconds(1)))
    }

    @Test(arguments: ["hotmail.com", "HOTMAIL.com.", "root@hotmail.com", ".com", "com", "*"])
    func `has no row for a domain that is the site's own to route`(own: String) {
        var table = table(protected: [own])
        table.pause(key, text: "4.7.0 x", until: .at(30))
        #expect(!table.difference(at: .at(0)).upserts.contains { $0.key == "hotmail.com" })
        let letThrough = table.letThrough("anna@hotmail.com", by: .usual, until: .at(5))
        #expect(!letThrough)
    }

    @Test func `takes a row away when its domain becomes the site's own`() {
        var table = table()
        table.pause(key, text: "4.7.0 x", until: .at(30))
        let letThrough = table.letThrough("anna@hotmail.com", by: .usual, until: .at(5))
        #expect(letThrough)
        table.published(table.difference(at: .at(0)))
        table.protected = ProtectedDomains(["hotmail.com"])
        #expect(table.difference(at: .at(1)).deletes == ["anna@hotmail.com", "hotmail.com"])
    }

    @Test func `does not protect a domain by a name that only ends like it`() {
        let protected = ProtectedDomains(["example.com", ".example.org"])
        #expect(protected.contains("example.com") && protected.contains("a.example.com"))
        #expect(!protected.contains("notexample.com") && !protected.contains("example.org"))
        #expect(protected.contains("a.b.example.org"))
    }

    @Test func `lets one address through, and back, by lower case and with its extension`() {
        var table = table()
        let letThrough = table.letThrough("Anna+News@Hotmail.COM", by: .transport("postern-probe"), until: .at(5))
        #expect(letThrough)
        let batch = table.difference(at: .at(0))
        #expect(
            batch.upserts == [
                RouteRow(key: "anna+news@hotmail.com", target: .transport("postern-probe"), expires: .at(5))
            ])
        table.published(batch)
        #expect(table.difference(at: .at(5)).deletes == ["anna+news@hotmail.com"])
    }

    @Test func `lets nothing of a provider through when mail is no longer let out`() {
        var table = table()
        var letThrough = table.letThrough("anna@hotmail.com", by: .usual, until: .at(5))
        letThrough = table.letThrough("bob@yahoo.com", by: .usual, until: .at(5)) && letThrough
        #expect(letThrough)
        table.withdrawAll(of: .microsoft)
        #expect(table.difference(at: .at(0)).upserts.map(\.key) == ["bob@yahoo.com"])
    }

    @Test(arguments: ["", "anna", "@hotmail.com", "anna@", "anna@*", "an\nna@hotmail.com", "anna@hot mail.com"])
    func `has no row for what is no address`(address: String) {
        var table = table()
        let letThrough = table.letThrough(address, by: .usual, until: .at(5))
        #expect(!letThrough)
    }

    @Test func `learns a domain while its provider is paused`() {
        var table = table()
        table.pause(key, text: "4.7.0 x", until: .at(30))
        table.published(table.difference(at: .at(0)))
        let isNews = table.domains.learn("Shop.example", of: .microsoft, by: .log, at: .at(1))
        #expect(isNews)
        #expect(table.difference(at: .at(1)).upserts == [row("shop.example")])
    }

    @Test func `holds a provider as long as one of its address families is paused`() {
        var table = table()
        table.pause(key, text: "4.7.0 x", until: .at(30))
        table.pause(ListingKey(.microsoft, .v6), text: "4.7.0 y", until: .at(40))
        #expect(table.difference(at: .at(0)).upserts.first == row("hotmail.com", until: 40))
        table.endPause(key)
        #expect(table.difference(at: .at(0)).upserts.first == row("hotmail.com", "4.7.0 y", until: 40))
    }

    @Test func `sends a paused provider's mail by a backup relay where there is one`() {
        var table = table()
        let relay = RouteTarget.relay(transport: "relay", host: "mx.example.net", port: 587)
        table.divert(.microsoft, by: relay)
        #expect(table.difference(at: .at(0)).isEmpty)
        table.pause(key, text: "4.7.0 x", until: .at(30))
        #expect(table.difference(at: .at(0)).upserts.first?.target == relay)
    }

    @Test func `goes on from what is published`() {
        var table = RouteTable(published: [row("old.example"), row("hotmail.com")])
        table.domains.learn("hotmail.com", of: .microsoft, by: .log, at: .at(0))
        table.pause(key, text: "4.7.0 x", until: .at(30))
        #expect(table.difference(at: .at(0)) == RouteBatch(deletes: ["old.example"]))
    }

    @Test func `writes targets as Postfix reads them`() {
        #expect(RouteTarget.retry(text: "4.7.0 a\nb").description == "retry:4.7.0 ab")
        #expect(RouteTarget.transport("postern-probe").description == "postern-probe:")
        #expect(RouteTarget.usual.description == ":")
        #expect(
            RouteTarget.relay(transport: "relay", host: "h.example", port: 25).description == "relay:[h.example]:25")
    }
}
