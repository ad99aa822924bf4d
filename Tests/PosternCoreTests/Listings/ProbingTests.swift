// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A probe` {
    @Test func `is chosen when its time is up, not a moment earlier`() throws {
        var machine = ListingMachine.listed
        guard case .listed(_, let due, _) = machine.state else {
            Issue.record("not listed")
            return
        }
        #expect(machine.clockReached(due - .milliseconds(1)).transitions == [])
        #expect(machine.clockReached(due).deeds.contains(.chooseProbe(ProbeWish())))
        #expect(machine.state.name == .probing)
    }

    @Test func `is repeated after 5 and 30 minutes, 1, 2, 4 and 6 hours, a fifth more or less, while it is refused`()
        throws
    {
        var machine = ListingMachine.listed
        for (number, minutes) in [5, 30, 60, 120, 240, 360, 360].enumerated() {
            guard case .listed(let since, let due, _) = machine.state else {
                Issue.record("not listed")
                return
            }
            let wait = due.since(since).wholeMilliseconds
            #expect(Int64(minutes) * 48_000...Int64(minutes) * 72_000 ~= wait)
            let (probe, at) = try machine.letProbeThrough(number, domain: "live\(number).com")
            let effects = machine.heard(.refused(.s3150, at: at + .seconds(40), domain: probe.domain, probe.queueID))
            #expect(effects.deeds.contains(.withdrawProbe(probe)))
            #expect(effects.alerts == [])
        }
    }

    @Test func `of a throttle that is answered by a block is confirmed soon, and people are told`() throws {
        var machine = ListingMachine.microsoft
        for minute in [0.0, 1, 5] { _ = machine.heard(.refused(.throttled, at: .at(minute))) }
        let (first, at) = try machine.letProbeThrough(1)
        _ = machine.heard(.refused(.throttled, at: at + .seconds(2), first.queueID))
        #expect(machine.memory.step == 1)
        let (second, later) = try machine.letProbeThrough(2)
        let effects = machine.heard(.refused(.s3150, at: later + .seconds(2), second.queueID))
        #expect(effects.alerts == [.listed])
        #expect(machine.memory.step == 0)
        #expect(machine.memory.pauseText == "4.7.0 Microsoft lists 192.0.2.1 (S3150); mail is kept and will be retried")
    }

    @Test func `waits another time on each host and for each provider`() {
        var waits: Set<Moment?> = []
        for seed in UInt64(0)..<8 {
            var machine = ListingMachine.microsoft
            machine.settings.seed = seed
            _ = machine.heard(.refused(.s3150, at: .at(0)))
            waits.insert(machine.memory.state == .clear ? nil : machine.nextProbe)
        }
        #expect(waits.count > 4)
    }

    @Test func `that is accepted leads to the next, elsewhere, and the third reopens`() throws {
        var machine = ListingMachine.listed
        let (first, at) = try machine.letProbeThrough(1, domain: "hotmail.com")
        #expect(
            machine.heard(.accepted(at: at + .seconds(2), domain: "hotmail.com", first.queueID)).deeds == [
                .withdrawProbe(first), .chooseProbe(ProbeWish(avoidedDomains: ["hotmail.com"])),
            ])
        let (second, _) = try machine.letProbeThrough(2, domain: "live.com")
        #expect(
            machine.heard(.accepted(at: at + .seconds(4), domain: "live.com", second.queueID)).deeds == [
                .withdrawProbe(second), .chooseProbe(ProbeWish(avoidedDomains: ["hotmail.com", "live.com"])),
            ])
        let (third, _) = try machine.letProbeThrough(3, domain: "msn.com")
        #expect(
            machine.heard(.accepted(at: at + .seconds(6), domain: "msn.com", third.queueID)).deeds == [
                .withdrawProbe(third), .alert(.reopening), .budgetChanged(.perMinute(2)),
            ])
    }

    @Test func `to a domain that took one already waits until ten minutes have passed`() throws {
        var machine = ListingMachine.listed
        let (first, at) = try machine.letProbeThrough(1)
        _ = machine.heard(.accepted(at: at + .seconds(2), first.queueID))
        let again = Probe(queueID: try .test(2), recipient: "b@hotmail.com", domain: "hotmail.com")
        #expect(machine.probeChosen(again, at: at + .seconds(3)).deeds == [])
        let ready = at + .seconds(2) + .minutes(10)
        #expect(machine.clockReached(ready - .milliseconds(1)).transitions == [])
        #expect(machine.clockReached(ready).deeds.contains(.chooseProbe(ProbeWish(avoidedDomains: ["hotmail.com"]))))
        #expect(machine.probeChosen(again, at: ready).contains(.releaseProbe(again, until: ready + .minutes(5))))
    }

    @Test func `to an unknown user shows an open door, counts for nothing, and the next is chosen`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1)
        #expect(
            machine.heard(.refused(.unknownUser, at: at + .seconds(2), probe.queueID)).deeds == [
                .withdrawProbe(probe), .chooseProbe(ProbeWish(triedMessages: [probe.queueID])),
            ])
        #expect(machine.memory.accepts == [])
    }

    @Test func `that tells nothing three times ends the round, with the same step`() throws {
        var machine = ListingMachine.listed
        for number in 1...3 {
            let (probe, at) = try machine.letProbeThrough(number)
            _ = machine.heard(.refused(.busy, at: at + .seconds(2), probe.queueID))
        }
        #expect(machine.state.name == .listed)
        #expect(machine.memory.step == 0)
    }

    @Test func `of which the log never tells is given up after a quarter of an hour`() throws {
        var machine = ListingMachine.listed
        let (first, at) = try machine.letProbeThrough(1)
        #expect(machine.clockReached(at + .minutes(15) - .milliseconds(1)).transitions == [])
        #expect(machine.clockReached(at + .minutes(15)).deeds.contains(.withdrawProbe(first)))
        _ = try machine.letProbeThrough(2)
        _ = try machine.nextChange()
        _ = try machine.letProbeThrough(3)
        #expect(try machine.nextChange().effects.alerts == [.probesUnanswered])
        #expect(machine.state.name == .listed)
        #expect(machine.memory.step == 0)
        // The next round is no news.
        for number in 4...6 {
            _ = try machine.letProbeThrough(number)
            #expect(try machine.nextChange().effects.alerts == [])
        }
    }

    @Test func `that nobody chooses is given up after two minutes`() throws {
        var machine = ListingMachine.listed
        let (at, _) = try machine.nextChange()
        #expect(machine.state.name == .probing)
        #expect(machine.clockReached(at + .minutes(2)).transitions == [.listed])
    }

    @Test func `is the next message where none waits`() throws {
        var machine = ListingMachine.listed
        let (at, _) = try machine.nextChange()
        #expect(machine.nothingWaiting(at: at).deeds == [.armed])
        #expect(
            machine.heard(.parked(at: at + .minutes(40), try .test(7))).deeds.last
                == .renewLease(until: at + .minutes(70)))
        #expect(machine.state == .probing(since: at, stage: .choosing(until: at + .minutes(42)), tried: []))
    }

    @Test func `that cannot be had for a day leaves the provider to a small budget`() throws {
        var machine = ListingMachine.listed
        let (at, _) = try machine.nextChange()
        _ = machine.nothingWaiting(at: at)
        #expect(machine.clockReached(at + .hours(24) - .milliseconds(1)).alerts == [])
        #expect(machine.clockReached(at + .hours(24)).alerts == [.reopening])
    }

    @Test func `that Postfix parks by an answer it remembered goes again when that is forgotten`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1)
        #expect(machine.heard(.parked(at: at + .seconds(1), probe.queueID)).deeds == [.withdrawProbe(probe)])
        #expect(
            !machine.clockReached(at + .seconds(31)).deeds.contains(
                .chooseProbe(ProbeWish(triedMessages: [probe.queueID]))))
        #expect(
            machine.clockReached(at + .seconds(32)).deeds.contains(
                .chooseProbe(ProbeWish(triedMessages: [probe.queueID]))))
    }

    @Test func `may not go before Postfix has forgotten its last answer for it`() throws {
        var machine = ListingMachine.listed
        let (at, _) = try machine.nextChange()
        let probe = Probe(queueID: try .test(1), recipient: "a@hotmail.com", domain: "hotmail.com")
        #expect(machine.probeChosen(probe, notBefore: at + .seconds(20), at: at).deeds == [])
        #expect(!machine.clockReached(at + .milliseconds(19_999)).deeds.contains(.chooseProbe(ProbeWish())))
        #expect(machine.clockReached(at + .seconds(20)).deeds.contains(.chooseProbe(ProbeWish())))
    }

    @Test func `goes after two minutes at the latest, though Postfix retries its mail again and again`() throws {
        var machine = ListingMachine.listed
        var (now, _) = try machine.nextChange()
        let probe = Probe(queueID: try .test(1), recipient: "a@hotmail.com", domain: "hotmail.com")
        var deeds: [ListingEffect] = []
        let start = now
        while deeds.isEmpty, now < start + .minutes(10) {
            deeds = machine.probeChosen(probe, notBefore: now + .seconds(20), at: now).deeds
            guard deeds.isEmpty else { break }
            now = now + .seconds(20)
            #expect(machine.clockReached(now).deeds.contains(.chooseProbe(ProbeWish())))
        }
        #expect(now == start + .minutes(2))
        #expect(deeds == [.releaseProbe(probe, until: now + machine.settings.probeLease)])
    }

    @Test func `is told by its transport where another message took its route`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1)
        var news = DeliveryNews.accepted(at: at + .seconds(2), try .test(2))
        news.transport = "postern-probe"
        #expect(machine.heard(news).deeds.first == .withdrawProbe(probe))
        #expect(machine.memory.accepts.count == 1)
    }

    @Test func `tells nothing where its domain has moved to another provider`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1)
        _ = machine.heard(.accepted(at: at + .seconds(2), by: .yahoo, probe.queueID))
        #expect(machine.memory.accepts == [])
        #expect(
            machine.state
                == .probing(since: at, stage: .choosing(until: at + .seconds(2) + .minutes(2)), tried: [probe.queueID]))
    }

    @Test func `is not told by an older line about the same message`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1)
        #expect(machine.heard(.refused(.s3150, at: .at(0), probe.queueID).read(at: at + .seconds(1))).deeds == [])
        #expect(machine.state.runningProbe == probe)
    }

    @Test func `is told by its outcome however late that is read`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1)
        let news = DeliveryNews.refused(.s3150, at: at + .seconds(2), probe.queueID).read(at: at + .minutes(14))
        #expect(machine.heard(news).transitions == [.listed])
        #expect(machine.memory.step == 1)
    }

    @Test func `is not made while our own query shows us on the list behind the refusal, for a day`() {
        var machine = ListingMachine.microsoft
        _ = machine.heard(.refused(.spamhaus, at: .at(0)))
        _ = machine.dnsAnswered(isListed: true, at: .at(1))
        #expect(machine.clockReached(.at(60 * 24) - .milliseconds(1)).transitions == [])
        var delisted = machine
        #expect(delisted.dnsAnswered(isListed: false, at: .at(60 * 24) - .milliseconds(1)).transitions == [.probing])
        #expect(machine.clockReached(.at(60 * 24)).transitions == [.probing])
    }

    @Test func `does not wait for a list that does not stand behind the refusal`() throws {
        var machine = ListingMachine.listed
        _ = machine.dnsAnswered(isListed: true, at: .at(1))
        #expect(try machine.nextChange().at < .at(7))
    }

    @Test func `is made hourly from four hours after a delisting request`() throws {
        var machine = ListingMachine.listed
        for number in 0..<6 {
            let (probe, at) = try machine.letProbeThrough(number, domain: "live\(number).com")
            _ = machine.heard(.refused(.s3150, at: at + .seconds(2), domain: probe.domain, probe.queueID))
        }
        let asked = try #require(machine.memory.clock)
        _ = machine.ordered(.delistingRequested, by: "root", at: asked)
        #expect(machine.nextProbe == asked + .hours(4))
        let (probe, at) = try machine.letProbeThrough(7)
        _ = machine.heard(.refused(.s3150, at: at + .seconds(2), probe.queueID))
        #expect(machine.nextProbe == at + .seconds(2) + .hours(1))
    }
}

extension ListingMachine {
    /// When the listing is probed.
    var nextProbe: Moment? {
        if case .listed(_, let probeAt, _) = state { probeAt } else { nil }
    }
}
