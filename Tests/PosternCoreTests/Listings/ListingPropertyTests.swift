// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import PosternCore
import SeededRandom
import Testing

@Suite struct `Whatever happens, in whatever order, a listing` {
    /// What was ordered so far, by listing.
    private struct Books {
        var probes: [ListingKey: Probe] = [:]
        var pauses: Set<ListingKey> = []

        mutating func enter(_ order: ListingOrder) {
            switch order.effect {
            case .releaseProbe(let probe, _):
                #expect(probes[order.key] == nil, "a second probe")
                probes[order.key] = probe
            case .withdrawProbe(let probe):
                #expect(probes.removeValue(forKey: order.key) == probe)
            case .openPause: pauses.insert(order.key)
            case .endPause: #expect(pauses.remove(order.key) != nil)
            case .renewLease: #expect(pauses.contains(order.key))
            case .chooseProbe, .armed, .budgetChanged, .record, .alert, .audit: break
            }
        }
    }

    private func started(_ seed: UInt64) -> (Listings, ListingWorld) {
        var settings = ListingSettings()
        settings.seed = seed
        settings.usualRates = [.microsoft: 40, .yahoo: 1]
        return (Listings(settings: settings), ListingWorld(seed: seed))
    }

    @Test(arguments: UInt64(1)...20)
    func `has one probe at a time, and keeps mail exactly while it says so`(seed: UInt64) throws {
        var (listings, world) = started(seed)
        var books = Books()
        var transitions: Set<ListingState.Name> = []
        let precursor = DeliveryNews.refused(.throttled, at: world.now)
        for number in 0..<1500 {
            let event = try world.next()
            let orders = listings.happens(number < 2 ? .news(precursor) : event)
            for order in orders { books.enter(order) }
            transitions.formUnion(orders.map(\.effect).transitions)
            for key in listings.keys {
                let machine = try #require(listings[key])
                #expect(machine.state.runningProbe == books.probes[key])
                let keeps = machine.state != .clear || machine.memory.manualPause != nil
                #expect(books.pauses.contains(key) == keeps)
                #expect(machine.memory.allowance == machine.allowance)
                if machine.state != .clear { #expect(machine.nextWakeUp != nil) }
            }
        }
        #expect(transitions == Set(ListingState.Name.allCases))
    }

    @Test(arguments: UInt64(100)...160)
    func `comes back to clear when its provider takes mail again`(seed: UInt64) throws {
        var (listings, world) = started(seed)
        for _ in 0..<Int.random(in: 1...400, using: &world.random) { _ = listings.happens(try world.next()) }
        var now = world.now
        for provider in [Provider.microsoft, .tenants, .yahoo] {
            // A pause without an end, and only that, somebody must end.
            for key in listings.keys
            where key.provider == provider && listings[key]?.memory.manualPause.map({ $0.until == nil }) == true {
                _ = listings.ordered(.resume, for: provider, by: "root", at: now)
            }
        }
        var orders = listings.sawAgain(at: now)
        var steps = 0
        while listings.keys.contains(where: { listings[$0]?.state != .clear }) {
            steps += 1
            try #require(steps < 3000, "never clear: \(listings.snapshot)")
            let chosen = orders.filter { if case .chooseProbe = $0.effect { true } else { false } }
            orders = []
            for order in chosen {
                let domain = ["hotmail.com", "live.com"][steps % 2]
                let probe = Probe(queueID: try .test(steps % 50), recipient: "a@\(domain)", domain: domain)
                orders += listings.probeChosen(probe, for: order.key, at: now)
            }
            for key in listings.keys {
                if let probe = listings[key]?.state.runningProbe {
                    now = now + .seconds(1)
                    orders += listings.heard(
                        .accepted(at: now, by: key.provider, domain: probe.domain, probe.queueID))
                } else if case .perMinute = listings[key]?.allowance {
                    orders += listings.heard(.accepted(at: now, by: key.provider))
                }
            }
            guard orders.isEmpty else { continue }
            now = max(now, try #require(listings.nextWakeUp))
            orders = listings.clockReached(now)
        }
    }

    @Test(arguments: UInt64(200)...230)
    func `comes back to clear by time alone where nobody sends`(seed: UInt64) throws {
        var (listings, world) = started(seed)
        for _ in 0..<200 { _ = listings.happens(try world.next()) }
        let start = world.now
        for provider in [Provider.microsoft, .tenants, .yahoo] {
            _ = listings.ordered(.resume, for: provider, by: "root", at: start)
            _ = listings.heard(
                .refused(.s3150, at: start + .seconds(1), by: provider, domain: "hotmail.com"))
        }
        _ = listings.sawAgain(at: start + .seconds(1))
        while listings.keys.contains(where: { listings[$0]?.state != .clear }) {
            let now = try #require(listings.nextWakeUp)
            try #require(now < start + .hours(24 * 14))
            for order in listings.clockReached(now) {
                if case .chooseProbe = order.effect { _ = listings.nothingWaiting(for: order.key, at: now) }
            }
        }
    }

    @Test(arguments: UInt64(300)...330)
    func `tries again for ever where the log never tells of its probes`(seed: UInt64) throws {
        var (listings, world) = started(seed)
        _ = listings.heard(.refused(.s3150, at: world.now))
        let key = ListingKey(.microsoft)
        var rounds = 0
        var released: [Moment] = []
        while rounds < 20 {
            let now = try #require(listings.nextWakeUp)
            try #require(now < world.now + .hours(24 * 14))
            for order in listings.clockReached(now) {
                guard case .chooseProbe = order.effect else { continue }
                rounds += 1
                let probe = Probe(queueID: try .test(rounds), recipient: "a@live.com", domain: "live.com")
                if world.random.next() % 3 == 0 { continue }
                _ = listings.probeChosen(probe, for: key, at: now)
                released.append(now)
            }
        }
        #expect(released.count > 5)
    }

    @Test(arguments: UInt64(400)...430)
    func `is not opened by old news`(seed: UInt64) throws {
        var (listings, world) = started(seed)
        for _ in 0..<800 {
            let event = try world.next()
            let before = listings
            let orders = listings.happens(event)
            guard case .news(let news) = event, news.receivedAt.since(news.moment) > .minutes(10) else { continue }
            for order in orders {
                guard case .record(.transition(let from, let to, .refused, _)) = order.effect else { continue }
                // A probe's outcome is known by when it was sent; the pause was there.
                #expect(from == .probing && to == .listed)
                #expect(before[order.key]?.state != .clear)
            }
            #expect(
                !orders.contains { if case .record(.transition(_, .slowed, _, _)) = $0.effect { true } else { false } })
        }
    }

    @Test(arguments: UInt64(500)...530)
    func `lets out no more than its budget in any minute`(seed: UInt64) throws {
        var (listings, world) = started(seed)
        world.clockMayStep = false
        _ = listings.heard(.refused(.s3150, at: world.now))
        _ = listings.ordered(.resume, for: .microsoft, by: "root", at: world.now + .seconds(1))
        world.now = world.now + .seconds(1)
        var released: [(at: Moment, rate: Int)] = []
        for number in 0..<3000 {
            world.now = world.now + .milliseconds(Int.random(in: 0...8000, using: &world.random))
            let now = world.now
            _ = listings.clockReached(now)
            guard case .perMinute(let rate) = listings[ListingKey(.microsoft)]?.allowance else { break }
            if listings.takeRelease(of: try .test(number), to: .microsoft, at: now) {
                _ = listings.heard(.accepted(at: now, try .test(number)))
                released.append((now, rate))
            }
            released.removeAll { now.since($0.at) >= .minutes(1) }
            #expect(released.count <= rate)
        }
        #expect(
            listings[ListingKey(.microsoft)]?.state
                != ListingState.reopening(since: world.now, rate: 2, clean: CleanRun(since: world.now)))
    }

    @Test(arguments: UInt64(600)...640)
    func `goes on from what was stored as if it had never stopped`(seed: UInt64) throws {
        var (live, world) = started(seed)
        var replayed = live
        for number in 0..<600 {
            if number % 7 == 0 {
                let stored = try JSONEncoder().encode(replayed.snapshot)
                let read = try JSONDecoder().decode(ListingsSnapshot.self, from: stored)
                #expect(read == replayed.snapshot)
                replayed = Listings(settings: replayed.settings, restoring: read)
            }
            let event = try world.next()
            #expect(live.happens(event) == replayed.happens(event))
        }
        #expect(live == replayed)
    }
}
