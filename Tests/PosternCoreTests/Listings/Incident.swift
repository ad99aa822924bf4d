// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

/// A provider, a queue in which always something waits, and a server that does what the machine says.
struct Incident {
    var machine: ListingMachine
    /// What the provider answers at a moment; `nil` for an acceptance.
    var provider: (Moment) -> ListingEvidence?
    /// More than so many in a minute are throttled, until a moment.
    var cap: (perMinute: Int, until: Moment)?

    var now = Moment.at(0)
    private(set) var alerts: [ListingAlert] = []
    private(set) var refusedCount = 0
    private(set) var reopenedAt: Moment?
    private var next = 0
    private var choosing = false
    private var lately: [Moment] = []

    init(machine: ListingMachine, provider: @escaping (Moment) -> ListingEvidence?) {
        self.machine = machine
        self.provider = provider
    }

    /// Goes on in steps of ten seconds, in each of which a message comes.
    mutating func play(until end: Moment) {
        while now < end {
            perform(machine.clockReached(now))
            if choosing { letProbeThrough() }
            switch machine.allowance {
            case .everything: deliver(newID())
            case .perMinute:
                while let id = newID(), machine.takeRelease(of: id, at: now) { deliver(id) }
            case .nothing: break
            }
            now = now + .seconds(10)
        }
        now = end
        perform(machine.clockReached(now))
    }

    mutating func perform(_ effects: [ListingEffect]) {
        for effect in effects {
            switch effect {
            case .alert(let alert):
                alerts.append(alert)
                if alert == .reopening { reopenedAt = now }
            case .chooseProbe: choosing = true
            default: break
            }
        }
    }

    private mutating func letProbeThrough() {
        choosing = false
        guard let id = newID() else { return }
        let domain = ["hotmail.com", "live.com", "msn.com", "outlook.com"][next % 4]
        let effects = machine.probeChosen(Probe(queueID: id, recipient: "a@\(domain)", domain: domain), at: now)
        perform(effects)
        if machine.state.runningProbe != nil { deliver(id, to: domain) }
    }

    private mutating func deliver(_ id: QueueID?, to domain: String = "hotmail.com") {
        lately.removeAll { now.since($0) >= .minutes(1) }
        lately.append(now)
        var answer = provider(now)
        if answer == nil, let cap, now < cap.until, lately.count > cap.perMinute { answer = .throttled }
        if answer != nil { refusedCount += 1 }
        perform(
            machine.heard(
                answer.map { .refused($0, at: now, domain: domain, id) } ?? .accepted(at: now, domain: domain, id)))
    }

    private mutating func newID() -> QueueID? {
        next += 1
        return try? .test(next)
    }
}
