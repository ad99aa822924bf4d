// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `By hand` {
    private let text = "4.7.0 mail for Microsoft is paused by the postmaster; it is kept and will be retried"

    @Test func `a provider is paused until a moment, and it is written who did it`() {
        var machine = ListingMachine.microsoft
        #expect(
            machine.ordered(.pause(until: .at(90)), by: "anna", at: .at(0)) == [
                .audit(.pause(until: .at(90)), by: "anna", wasApplied: true, at: .at(0)),
                .openPause(text: text, until: .at(30)), .budgetChanged(.nothing),
            ])
        #expect(machine.clockReached(.at(89)).deeds == [.renewLease(until: .at(119))])
        #expect(machine.clockReached(.at(90)).deeds == [.endPause, .budgetChanged(.everything)])
    }

    @Test func `a pause without an end is ended by hand`() {
        var machine = ListingMachine.microsoft
        _ = machine.ordered(.pause(until: nil), by: "anna", at: .at(0))
        _ = machine.clockReached(.at(60 * 24 * 30))
        #expect(machine.allowance == .nothing)
        #expect(
            machine.ordered(.resume, by: "bob", at: .at(60 * 24 * 30)).deeds == [
                .audit(.resume, by: "bob", wasApplied: true, at: .at(60 * 24 * 30)), .endPause,
                .budgetChanged(.everything),
            ])
    }

    @Test func `a pause that is over already is not begun`() {
        var machine = ListingMachine.microsoft
        #expect(
            machine.ordered(.pause(until: .at(0)), by: "anna", at: .at(0)).deeds == [
                .audit(.pause(until: .at(0)), by: "anna", wasApplied: false, at: .at(0))
            ])
    }

    @Test func `a listing that is paused is not probed until the pause ends, and keeps its text`() {
        var machine = ListingMachine.listed
        #expect(machine.ordered(.pause(until: .at(240)), by: "anna", at: .at(1)).deeds.count == 1)
        #expect(machine.clockReached(.at(239)).transitions == [])
        #expect(machine.clockReached(.at(240)).transitions == [.probing])
    }

    @Test func `a provider that lists us while it is paused stays listed when the pause ends`() {
        var machine = ListingMachine.microsoft
        _ = machine.ordered(.pause(until: .at(60)), by: "anna", at: .at(0))
        let effects = machine.heard(.refused(.s3150, at: .at(58)))
        #expect(effects.alerts == [.listed])
        #expect(machine.clockReached(.at(60)).deeds == [])
        #expect(machine.allowance == .nothing)
    }

    @Test func `resuming a listing lets mail out by the budget`() {
        var machine = ListingMachine.listed
        #expect(
            machine.ordered(.resume, by: "anna", at: .at(1)).deeds == [
                .alert(.reopening), .audit(.resume, by: "anna", wasApplied: true, at: .at(1)),
                .budgetChanged(.perMinute(2)),
            ])
    }

    @Test func `resuming takes a probe back`() throws {
        var machine = ListingMachine.listed
        let (probe, at) = try machine.letProbeThrough(1)
        #expect(machine.ordered(.resume, by: "anna", at: at).deeds.first == .withdrawProbe(probe))
    }

    @Test func `a probe is made at once, even while paused, and only one`() throws {
        var machine = ListingMachine.listed
        _ = machine.ordered(.pause(until: nil), by: "anna", at: .at(1))
        #expect(machine.ordered(.probe, by: "anna", at: .at(2)).deeds.first == .chooseProbe(ProbeWish()))
        _ = try machine.letProbeThrough(1)
        #expect(
            machine.ordered(.probe, by: "anna", at: .at(3)).deeds == [
                .audit(.probe, by: "anna", wasApplied: false, at: .at(3))
            ])
        _ = machine.heard(.accepted(at: .at(3), try .test(1)))
        #expect(machine.state.name == .listed)
    }

    @Test(arguments: [ManualAction.resume, .probe, .delistingRequested])
    func `what has nothing to act on changes nothing, and is written down`(action: ManualAction) {
        var machine = ListingMachine.microsoft
        #expect(
            machine.ordered(action, by: "anna", at: .at(0)) == [
                .audit(action, by: "anna", wasApplied: false, at: .at(0))
            ])
    }

    @Test func `paused time does not count as clean`() {
        var machine = ListingMachine.listed
        _ = machine.ordered(.resume, by: "anna", at: .at(0))
        _ = machine.ordered(.pause(until: .at(61)), by: "anna", at: .at(1))
        _ = machine.clockReached(.at(61))
        #expect(machine.allowance == .perMinute(2))
    }
}
