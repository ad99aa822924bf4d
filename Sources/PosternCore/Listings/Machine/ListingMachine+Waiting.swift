// SPDX-License-Identifier: Apache-2.0

extension ListingMachine {
    /// Opens a listing, or a harder one.
    mutating func list(
        _ evidence: ListingEvidence, as severity: ListingCause.Severity, step: Int, at now: Moment,
        _ effects: inout [ListingEffect]
    ) {
        let isRelapse = memory.state == .clear && isRelapse(at: now)
        memory.cause = cause(evidence, as: severity)
        memory.delistingRequestedAt = nil
        memory.isStillListedByDNS = nil
        memory.accepts = []
        memory.lastRefusedDomain = nil
        memory.step = step
        wait(.refused, at: now, &effects)
        effects.append(.alert(isRelapse ? .listedAgain : .listed))
    }

    /// Goes back to a listing that was there, with a longer wait.
    mutating func listAgain(
        _ evidence: ListingEvidence, _ isBelieved: Bool, at now: Moment, _ effects: inout [ListingEffect]
    ) {
        let severity: ListingCause.Severity = isBelieved || memory.cause == nil ? .blocked : .throttled
        let isHarder = severity > memory.cause?.severity ?? .throttled
        // A weaker word from a provider that blocked us before says no more than that it still does.
        if isHarder || isAnotherPlan(evidence, severity) { memory.cause = cause(evidence, as: severity) }
        memory.accepts = []
        if memory.state.name == .probing, isHarder {
            memory.step = 0
            effects.append(.alert(.listed))
        } else {
            memory.step = longer(memory.step)
        }
        wait(.refused, at: now, &effects)
    }

    private func isAnotherPlan(_ evidence: ListingEvidence, _ severity: ListingCause.Severity) -> Bool {
        guard severity == memory.cause?.severity else { return false }
        return settings.plans.plan(for: evidence, of: key.provider, as: severity).name != memory.cause?.plan
    }

    /// Waits the interval of the step at hand.
    mutating func wait(
        _ why: ListingReason, at now: Moment, atMost most: Duration? = nil, _ effects: inout [ListingEffect]
    ) {
        let plan = settings.plans.plan(of: memory.cause)
        memory.step = min(max(memory.step, 0), plan.intervals.count - 1)
        memory.waits &+= 1
        memory.heardDoorOpen = false
        let interval = min(plan.interval(memory.step), most ?? settings.longestWait)
        var probeAt = now + Jitter(key: key, count: memory.waits, seed: settings.seed).apply(to: interval)
        if let requested = memory.delistingRequestedAt {
            probeAt = min(probeAt, max(requested + settings.delistingDelay, now + .hours(1)))
        }
        become(.listed(since: now, probeAt: probeAt, latest: now + settings.longestWait), why, &effects)
    }

    func cause(_ evidence: ListingEvidence, as severity: ListingCause.Severity) -> ListingCause {
        let plan = settings.plans.plan(for: evidence, of: key.provider, as: severity)
        return ListingCause(
            severity: severity, plan: plan.name, token: evidence.token,
            listedAddress: evidence.listedAddress?.description, rule: evidence.rule)
    }

    /// Where a new listing begins: after a relapse one further than the last one came.
    func firstStep(at now: Moment) -> Int { isRelapse(at: now) ? longer(memory.step) : 0 }

    private func isRelapse(at now: Moment) -> Bool {
        memory.clearedAt.map { now.since($0) < settings.relapse } ?? false
    }

    private func longer(_ step: Int) -> Int { min(max(step, 0), 1000) + 1 }
}
