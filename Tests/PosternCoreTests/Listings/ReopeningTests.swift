// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A provider that takes mail again` {
    /// Reopened by hand at noon; its usual rate is 8 a minute.
    private func reopened() -> ListingMachine {
        var machine = ListingMachine.microsoft
        _ = machine.heard(.refused(.s3150, at: .at(-60)))
        _ = machine.ordered(.resume, by: "root", at: .at(0))
        return machine
    }

    @Test func `gets 2 a minute, twice as much after each clean ten minutes, and at its usual rate all`() {
        var machine = reopened()
        #expect(machine.allowance == .perMinute(2))
        for (minute, rate) in [(10.0, 4), (20, 8)] {
            _ = machine.heard(.accepted(at: .at(minute - 5)))
            #expect(
                machine.clockReached(.at(minute) - .milliseconds(1)).deeds.contains(.budgetChanged(.perMinute(rate)))
                    == false)
            #expect(machine.clockReached(.at(minute)).deeds.contains(.budgetChanged(.perMinute(rate))))
        }
        _ = machine.heard(.accepted(at: .at(25)))
        #expect(
            machine.clockReached(.at(30)).deeds == [.alert(.cleared), .endPause, .budgetChanged(.everything)])
        #expect(machine.nextWakeUp == nil)
    }

    @Test func `needs an hour for a step in which nothing was accepted`() {
        var machine = reopened()
        #expect(machine.clockReached(.at(60) - .milliseconds(1)).deeds.contains(.budgetChanged(.perMinute(4))) == false)
        #expect(machine.clockReached(.at(60)).deeds.contains(.budgetChanged(.perMinute(4))))
    }

    @Test(arguments: [ListingEvidence.s3150, .throttled])
    func `is closed at the first refusal, and waits longer than before`(evidence: ListingEvidence) {
        var machine = reopened()
        #expect(machine.memory.step == 0)
        let effects = machine.heard(.refused(evidence, at: .at(1)))
        #expect(effects.deeds == [.alert(.listedAgain), .budgetChanged(.nothing)])
        #expect(machine.memory.step == 1)
    }

    @Test func `is not closed by old news, nor by a refusal from before`() {
        var machine = reopened()
        #expect(machine.heard(.refused(.s3150, at: .at(-1)).read(at: .at(1))).deeds == [])
        #expect(machine.heard(.refused(.s3150, at: .at(1)).read(at: .at(11) + .seconds(1))).alerts == [])
        #expect(machine.state.name == .reopening)
    }

    @Test func `is not closed by the words of one customer`() {
        var machine = reopened()
        _ = machine.heard(.refused(.tenant, at: .at(1), domain: "a.example"))
        #expect(machine.state.name == .reopening)
        var throttle = ListingEvidence.throttled
        throttle.isTenantWorded = true
        _ = machine.heard(.refused(throttle, at: .at(1), domain: "a.example"))
        #expect(machine.state.name == .reopening)
        _ = machine.heard(.refused(.tenant, at: .at(2), domain: "b.example"))
        #expect(machine.state.name == .listed)
    }

    @Test func `gets no more while the log cannot be read`() {
        var machine = reopened()
        _ = machine.heard(.accepted(at: .at(5)))
        _ = machine.clockReached(.at(10))
        #expect(machine.wentBlind(at: .at(11)).deeds.contains(.budgetChanged(.perMinute(2))))
        _ = machine.clockReached(.at(300))
        #expect(machine.allowance == .perMinute(2))
        _ = machine.sawAgain(at: .at(301))
        #expect(machine.allowance == .perMinute(4))
    }

    @Test func `that lists us within a day goes on where it was, later it begins anew`() {
        for (hours, step) in [(23, 2), (25, 0)] {
            var machine = reopened()
            _ = machine.heard(.refused(.s3150, at: .at(1)))
            _ = machine.ordered(.resume, by: "root", at: .at(2))
            _ = machine.clockReached(.at(62))
            _ = machine.clockReached(.at(122))
            _ = machine.clockReached(.at(182))
            #expect(machine.state == .clear)
            let effects = machine.heard(.refused(.s3150, at: .at(182) + .hours(hours)))
            #expect(effects.alerts == [hours == 23 ? .listedAgain : .listed])
            #expect(machine.memory.step == step)
        }
    }
}
