// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

/// Where listings only observe, or a message was sent on its way by hand, no probe is needed to see.
@Suite struct `Mail that went without being let through` {
    private static let domains = ["hotmail.com", "live.com", "msn.com"]

    private func taken(at minutes: [Double], _ machine: inout ListingMachine) -> [ListingEffect] {
        zip(minutes, Self.domains).flatMap { machine.heard(.accepted(at: .at($0), domain: $1)) }
    }

    @Test func `reopens a listing when three were taken`() {
        var machine = ListingMachine.listed
        #expect(taken(at: [2, 2.1, 2.2], &machine).alerts == [.reopening])
    }

    @Test func `does not count in the first two minutes, when it was under way already`() {
        var machine = ListingMachine.listed
        #expect(taken(at: [1.999, 2.1, 2.2], &machine).alerts == [])
        #expect(machine.memory.accepts.count == 2)
    }

    @Test func `does not count if it was taken before the last refusal, or in the same second`() {
        var machine = ListingMachine.listed
        _ = machine.heard(.refused(.s3150, at: .at(3)))
        let late = DeliveryNews.accepted(at: .at(3), domain: "live.com").read(at: .at(3.5))
        #expect(machine.heard(late).deeds == [])
        #expect(machine.memory.accepts == [])
    }

    @Test func `counts anew after a refusal`() {
        var machine = ListingMachine.listed
        _ = taken(at: [2, 2.1], &machine)
        _ = machine.heard(.refused(.s3150, at: .at(2.2)))
        #expect(taken(at: [2.3, 2.4, 2.5], &machine).alerts == [.reopening])
        var other = ListingMachine.listed
        _ = taken(at: [2, 2.1], &other)
        _ = other.heard(.refused(.s3150, at: .at(2.2)))
        #expect(other.heard(.accepted(at: .at(2.3), domain: "msn.com")).alerts == [])
    }

    @Test func `takes a probe back when it told enough`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1, domain: "outlook.com")
        for (number, domain) in Self.domains.enumerated() {
            let effects = machine.heard(.accepted(at: at + .seconds(number + 1), domain: domain))
            #expect(effects.deeds.contains(.withdrawProbe(probe)) == (number == 2))
        }
        #expect(machine.state.name == .reopening)
    }

    @Test func `ends the round when it is refused unmistakably`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1, domain: "outlook.com")
        #expect(machine.heard(.refused(.throttled, at: at + .seconds(1))).deeds == [])
        #expect(machine.heard(.refused(.s3150, at: at + .seconds(2))).deeds.contains(.withdrawProbe(probe)))
        #expect(machine.memory.step == 1)
    }
}
