// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore

extension ListingBook {
    /// Brings routes and wishes to what the listings order, and says what is left to do in the world.
    mutating func perform(_ orders: [ListingOrder], at now: Moment) -> [ListingTask] {
        guard !orders.isEmpty else { return [] }
        hasNews = true
        var tasks: [ListingTask] = []
        for order in orders { perform(order.effect, of: order.key, at: now, &tasks) }
        return tasks
    }

    private mutating func perform(
        _ effect: ListingEffect, of key: ListingKey, at now: Moment, _ tasks: inout [ListingTask]
    ) {
        switch effect {
        case .openPause(let text, let until):
            openPause(key, text: text, until: until, at: now, &tasks)
        case .renewLease(let until):
            guard isEnforcing else { return }
            table.renew(key, until: until)
            hasNewRoutes = true
        case .endPause:
            endRoutes(of: key)
            if isEnforcing { reopened.insert(key.provider) }
        case .chooseProbe(let wish):
            wishes[key] = wish
        case .armed: wishes[key] = nil
        case .releaseProbe(let probe, let until): releaseProbe(probe, of: key, until: until, &tasks)
        case .withdrawProbe(let probe):
            table.withdraw(probe.recipient)
            hasNewRoutes = true
        case .budgetChanged(let allowance):
            guard allowance == .nothing else { return }
            table.withdrawAll(of: key.provider)
            hasNewRoutes = true
        case .record(let record): note(record, of: key, at: now, &tasks)
        case .alert(let change): tasks.append(.alert(alert(change, of: key, at: now)))
        case .audit(let action, let who, let wasApplied, let moment):
            tasks.append(.record(.audit(action, of: key.provider, by: who, wasApplied: wasApplied, at: moment)))
        }
    }

    private mutating func openPause(
        _ key: ListingKey, text: String, until: Moment, at now: Moment, _ tasks: inout [ListingTask]
    ) {
        let isNew = !table.isPaused(key.provider, at: now)
        guard isEnforcing else { return }
        table.pause(key, text: text, until: until)
        applyDiversions()
        reopened.remove(key.provider)
        leftovers[key.provider] = nil
        // What qmgr(8) holds already was given its way before, and would go on (qmgr(8), active queue).
        if isNew { tasks.append(.reloadQueueManager(key.provider)) }
    }

    private mutating func releaseProbe(
        _ probe: Probe, of key: ListingKey, until: Moment, _ tasks: inout [ListingTask]
    ) {
        wishes[key] = nil
        let target = RouteTarget.transport(settings.listing.probeTransport)
        guard isEnforcing, table.letThrough(probe.recipient, by: target, until: until) else {
            return tasks.append(.say("\(probe.queueID): cannot be a probe: its recipient can have no route"))
        }
        hasNewRoutes = true
        leftQueue(probe.queueID, of: key.provider)
        tasks.append(.deliver(probe.queueID))
    }

    private mutating func note(
        _ record: ListingRecord, of key: ListingKey, at now: Moment, _ tasks: inout [ListingTask]
    ) {
        switch record {
        case .refusal(let refusal, let domain, let queueID, isOld: false, let moment):
            let former = told[key]?.evidence?.token
            tell(of: key) { [heardReply] note in
                note.evidence = ListingNote.Evidence(
                    domain: domain, queueID: queueID, at: moment, token: refusal.token, reply: heardReply)
            }
            guard let former, let code = refusal.token, former != code, table.isPaused(key.provider, at: now) else {
                break
            }
            tasks.append(.alert(alertOfCode(code, instead: former, of: key, at: now)))
        case .transition(from: .clear, _, _, let moment):
            tell(of: key) { note in
                note.openedAt = moment
                note.attemptsSaved = 0
            }
        case .probe(let probe, let outcome, _):
            probes[outcome, default: 0] += 1
            if let alert = alert(outcome, of: probe, for: key, at: now) { tasks.append(.alert(alert)) }
        default: break
        }
        let event = LedgerEvent(
            record, of: key, cause: listings[key]?.memory.cause, evidence: told[key]?.evidence)
        if let event { tasks.append(.record(event)) }
    }

    /// Takes all routes of a listing away.
    mutating func endRoutes(of key: ListingKey) {
        table.endPause(key)
        if !table.isPaused(key.provider, at: Moment(milliseconds: .min)) {
            table.withdrawAll(of: key.provider)
        }
        hasNewRoutes = true
    }

    /// Has the table send what need not wait another way.
    mutating func applyDiversions() {
        for provider in diversions.providers { table.divert(provider, by: diversions.target(of: provider)) }
        hasNewRoutes = true
    }
}
