// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The listings` {
    private func listings() -> Listings { Listings(settings: ListingSettings()) }

    @Test func `begin with a refusal, not with mail that is accepted or refused for other reasons`() {
        var listings = listings()
        #expect(listings.heard(.accepted(at: .at(0))) == [])
        #expect(listings.heard(.refused(.busy, at: .at(0))) == [])
        #expect(listings.keys == [])
        _ = listings.heard(.refused(.throttled, at: .at(0)))
        #expect(listings.keys == [ListingKey(.microsoft)])
    }

    @Test func `are apart for each provider and for IPv4 and IPv6`() {
        var listings = listings()
        var overSix = DeliveryNews.refused(.s3150, at: .at(0))
        overSix.family = .v6
        _ = listings.heard(overSix)
        _ = listings.heard(.refused(.throttled, at: .at(0)))
        _ = listings.heard(.refused(.throttled, at: .at(0), by: .yahoo))
        #expect(listings.keys == [ListingKey(.microsoft), ListingKey(.microsoft, .v6), ListingKey(.yahoo)])
        #expect(listings.keys.map { listings[$0]?.state.name } == [.clear, .listed, .clear])
    }

    @Test func `hear of a probe whatever way Postfix took with it`() throws {
        var listings = listings()
        var overSix = DeliveryNews.refused(.s3150, at: .at(0))
        overSix.family = .v6
        _ = listings.heard(overSix)
        let key = ListingKey(.microsoft, .v6)
        while listings[key]?.state.name != .probing { _ = listings.clockReached(try #require(listings.nextWakeUp)) }
        let now = try #require(listings[key]?.memory.clock)
        let probe = Probe(queueID: try .test(1), recipient: "a@hotmail.com", domain: "hotmail.com")
        _ = listings.probeChosen(probe, for: key, at: now)
        let orders = listings.heard(.accepted(at: now + .seconds(1), probe.queueID))
        #expect(orders.first == ListingOrder(key, .withdrawProbe(probe)))
    }

    @Test func `forget a provider of which nothing is left`() {
        var listings = listings()
        _ = listings.heard(.refused(.throttled, at: .at(0)))
        _ = listings.clockReached(.at(10) - .milliseconds(1))
        #expect(listings.keys.count == 1)
        _ = listings.clockReached(.at(10))
        #expect(listings.keys == [])
    }

    @Test func `pause a provider by hand of which nothing was known`() {
        var listings = listings()
        let orders = listings.ordered(.pause(until: nil), for: .yahoo, by: "root", at: .at(0))
        #expect(orders.map(\.effect).deeds.count == 3)
        #expect(listings[ListingKey(.yahoo)]?.allowance == .nothing)
    }

    @Test func `write down an order for a provider that has no listing`() {
        var listings = listings()
        #expect(
            listings.ordered(.resume, for: .yahoo, by: "root", at: .at(0)) == [
                ListingOrder(ListingKey(.yahoo), .audit(.resume, by: "root", wasApplied: false, at: .at(0)))
            ])
    }

    @Test func `that begin while the log cannot be read open nothing`() {
        var listings = listings()
        _ = listings.wentBlind(at: .at(0))
        _ = listings.heard(.refused(.s3150, at: .at(1)))
        #expect(listings[ListingKey(.microsoft)]?.state == .clear)
    }

    @Test func `let a message out only if every listing of the provider has room`() throws {
        var listings = listings()
        var overSix = DeliveryNews.refused(.s3150, at: .at(0))
        overSix.family = .v6
        _ = listings.heard(overSix)
        _ = listings.heard(.refused(.s3150, at: .at(0)))
        _ = listings.ordered(.resume, for: .microsoft, by: "root", at: .at(1))
        #expect(listings.takeRelease(of: try .test(1), to: .microsoft, at: .at(1)))
        #expect(listings.takeRelease(of: try .test(2), to: .microsoft, at: .at(1)))
        #expect(!listings.takeRelease(of: try .test(3), to: .microsoft, at: .at(1)))
        _ = listings.heard(.refused(.s3150, at: .at(1.5), try .test(1)))
        #expect(!listings.takeRelease(of: try .test(3), to: .microsoft, at: .at(3)))
        #expect(listings[ListingKey(.microsoft, .v6)]?.memory.budget.underWayCount == 1)
    }

    @Test func `say again what holds, to a server that knows nothing`() throws {
        var listings = listings()
        #expect(listings.standingOrders(at: .at(0)) == [])
        _ = listings.heard(.refused(.s3150, at: .at(0)))
        let key = ListingKey(.microsoft)
        let text = try #require(listings[key]?.memory.pauseText)
        let held: [ListingEffect] = [.openPause(text: text, until: .at(31)), .budgetChanged(.nothing)]
        #expect(listings.standingOrders(at: .at(1)).map(\.effect) == held)
        while listings[key]?.state.name != .probing { _ = listings.clockReached(try #require(listings.nextWakeUp)) }
        #expect(listings.standingOrders(at: .at(1)).map(\.effect) == held + [.chooseProbe(ProbeWish())])
        let now = try #require(listings[key]?.memory.clock)
        let probe = Probe(queueID: try .test(1), recipient: "a@hotmail.com", domain: "hotmail.com")
        let orders = listings.probeChosen(probe, for: key, at: now)
        #expect(listings.standingOrders(at: .at(1)).map(\.effect) == held + orders.map(\.effect).deeds)
    }

    @Test func `judge by new settings from the next call on`() {
        var listings = listings()
        _ = listings.ordered(.pause(until: nil), for: .yahoo, by: "root", at: .at(0))
        listings.settings.providerNames = [.yahoo: "Yahoo"]
        #expect(
            listings.clockReached(.at(1)).map(\.effect) == [
                .openPause(
                    text: "4.7.0 mail for Yahoo is paused by the postmaster; it is kept and will be retried",
                    until: .at(31))
            ])
    }
}
