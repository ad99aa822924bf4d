// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

/// Whole incidents, played against a provider that answers as it did then.
@Suite struct `An incident` {
    private func incident(_ provider: @escaping (Moment) -> ListingEvidence?) -> Incident {
        Incident(machine: .microsoft, provider: provider)
    }

    @Test func `of an hour's throttling and then S3150 is slowed, then listed, then over`() {
        var incident = incident { moment in
            moment < .at(60) ? .throttled : moment < .at(60 * 8) ? .s3150 : nil
        }
        incident.play(until: .at(60 * 24))
        #expect(incident.alerts.first == .slowed)
        #expect(incident.alerts.contains(.listed))
        #expect(incident.alerts.last == .cleared)
        #expect(incident.machine.state == .clear)
        // The provider saw no more than what a person would try: the filter keeps even these.
        #expect(incident.refusedCount < 24)
    }

    @Test func `of nine hours of S3150 costs a probe for each wait, and ends within six hours after`() {
        var incident = incident { $0 < .at(60 * 9) ? .s3150 : nil }
        incident.play(until: .at(60 * 24))
        #expect(incident.machine.state == .clear)
        #expect(incident.alerts == [.listed, .reopening, .cleared])
        #expect(3...7 ~= incident.refusedCount)
        #expect(incident.reopenedAt.map { $0 < .at(60 * 16.5) } == true)
    }

    @Test func `that ends conditionally, with a cap, never lets out more than the budget and ends when the cap does`() {
        // Taken: what goes out below 3 a minute. The rest is limited until noon of the next day.
        var incident = incident { $0 < .at(60) ? .s3150 : nil }
        incident.cap = (perMinute: 3, until: .at(60 * 24))
        incident.play(until: .at(60 * 72))
        #expect(incident.alerts.filter { $0 == .listedAgain }.count >= 2)
        #expect(incident.alerts.last == .cleared)
        #expect(incident.machine.state == .clear)
    }

    @Test func `that comes and goes waits longer each time`() {
        var incident = incident { moment in
            let hour = moment.since(.at(0)).wholeMilliseconds / 3_600_000
            return moment < .at(60 * 12) && hour % 2 == 0 ? .s3150 : nil
        }
        incident.play(until: .at(60 * 48))
        #expect(incident.machine.state == .clear)
        #expect(incident.alerts.last == .cleared)
        #expect(incident.refusedCount < 12)
    }

    @Test func `during which a pause is ordered goes on after it`() {
        var incident = incident { $0 < .at(60 * 3) ? .s3150 : nil }
        incident.play(until: .at(60))
        let refused = incident.refusedCount
        incident.perform(incident.machine.ordered(.pause(until: .at(60 * 6)), by: "root", at: .at(60)))
        incident.play(until: .at(60 * 6) - .milliseconds(1))
        #expect(incident.refusedCount == refused)
        #expect(incident.machine.allowance == .nothing)
        incident.play(until: .at(60 * 24))
        #expect(incident.machine.state == .clear)
    }

    @Test(arguments: [-1560.0, -30.0, 45.0, 4320.0])
    func `over which the clock steps ends all the same`(step: Double) {
        var incident = incident { _ in .s3150 }
        incident.play(until: .at(50))
        incident.provider = { _ in nil }
        incident.now = .at(50 + step)
        incident.play(until: .at(50 + step + 60 * 24))
        #expect(incident.machine.state == .clear)
    }

    @Test func `whose time is an hour ahead is an hour ahead after the clock is set back by a day`() {
        var machine = ListingMachine.listed
        _ = machine.clockReached(.at(1))
        let due = machine.nextProbe?.since(.at(1))
        let back = Moment.at(1) - .hours(24)
        let effects = machine.clockReached(back)
        #expect(effects == [.record(.clockSetBack(.hours(24), at: back))])
        #expect(machine.nextProbe?.since(back) == due)
    }

    @Test func `over which the daemon was down is paused again at once`() {
        var incident = incident { $0 < .at(60 * 3) ? .s3150 : nil }
        incident.play(until: .at(10))
        var machine = ListingMachine(
            incident.machine.key, memory: incident.machine.memory, settings: incident.machine.settings)
        let effects = machine.clockReached(.at(60))
        #expect(effects.deeds.contains(.renewLease(until: .at(90))))
        #expect(machine.state.name == .probing)
    }
}
