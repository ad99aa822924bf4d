// SPDX-License-Identifier: Apache-2.0

extension ListingMachine {
    /// A probe was chosen, as `chooseProbe` asked.
    ///
    /// Before `notBefore` the message cannot tell anything, as Postfix remembers its last answer for it: then it is chosen anew.
    /// Where Postfix retries so often that this never ends, one is tried after `choosingTimeout` all the same.
    public mutating func probeChosen(_ probe: Probe, notBefore: Moment? = nil, at now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: now, &effects)
        if case .probing(let since, .choosing, let tried) = memory.state {
            let isPatient = memory.postponedSince.map { now.since($0) < settings.choosingTimeout } ?? true
            let forgotten = isPatient ? max(notBefore ?? now, now) : now
            let ready = max(forgotten, readiness(of: probe.domain) ?? now)
            memory.postponedSince = forgotten > now ? memory.postponedSince ?? now : nil
            if ready > now {
                memory.state = .probing(since: since, stage: .spaced(until: ready), tried: tried)
            } else {
                memory.state = .probing(
                    since: since, stage: .letThrough(probe, since: now, until: now + settings.outcomeTimeout),
                    tried: tried)
                effects.append(.releaseProbe(probe, until: now + settings.probeLease))
            }
        }
        settle(at: now, &effects)
        return effects
    }

    /// Nothing waits that could be a probe: the next message is it.
    public mutating func nothingWaiting(at now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: now, &effects)
        if case .probing(let since, .choosing, let tried) = memory.state {
            memory.state = .probing(since: since, stage: .armed(until: now + settings.armedLimit), tried: tried)
            memory.postponedSince = nil
            effects.append(.armed)
        }
        settle(at: now, &effects)
        return effects
    }

    /// Something waits now that could be a probe.
    public mutating func mailWaiting(at now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: now, &effects)
        if case .probing(_, .armed, let tried) = memory.state { chooseNext(tried: tried, at: now, &effects) }
        settle(at: now, &effects)
        return effects
    }

    /// Our own DNS query told whether the list behind the refusal still names us.
    public mutating func dnsAnswered(isListed: Bool, at now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: now, &effects)
        let was = memory.isStillListedByDNS
        memory.isStillListedByDNS = isListed
        if case .listed(let since, _, let latest) = memory.state, was == true, !isListed,
            settings.plans.plan(of: memory.cause).waitsForDNS
        {
            memory.state = .listed(since: since, probeAt: now, latest: latest)
            _ = advance(to: now, &effects)
        }
        settle(at: now, &effects)
        return effects
    }

    /// Whether news is about the probe that is let through.
    ///
    /// Another message for the same recipient may take the probe's route: its transport tells.
    func isProbe(_ news: DeliveryNews, at moment: Moment) -> Bool {
        guard case .probing(_, .letThrough(let probe, let since, _), _) = memory.state else { return false }
        guard moment >= since - settings.stampGrain else { return false }
        if news.queueID == probe.queueID { return news.recipientDomain == probe.domain }
        return news.transport == settings.probeTransport && news.recipientDomain == probe.domain
    }

    mutating func startProbing(_ why: ListingReason, at now: Moment, _ effects: inout [ListingEffect]) {
        memory.postponedSince = nil
        become(.probing(since: now, stage: .choosing(until: now + settings.choosingTimeout), tried: []), why, &effects)
        effects.append(.chooseProbe(wish(tried: [])))
    }

    /// Goes on with the round.
    mutating func chooseNext(tried: [QueueID], at now: Moment, _ effects: inout [ListingEffect]) {
        guard case .probing(let since, _, _) = memory.state else { return }
        guard memory.manualPause == nil else {
            waitAgain(.paused, at: now, &effects)
            return
        }
        memory.state = .probing(
            since: since, stage: .choosing(until: now + settings.choosingTimeout), tried: tried)
        effects.append(.chooseProbe(wish(tried: tried)))
    }

    /// Takes the running probe back, if there is one.
    mutating func endProbe(_ outcome: ProbeOutcome, at now: Moment, _ effects: inout [ListingEffect]) {
        guard case .probing(let since, .letThrough(let probe, _, _), let tried) = memory.state else { return }
        memory.state = .probing(since: since, stage: .choosing(until: now + settings.choosingTimeout), tried: tried)
        switch outcome {
        case .accepted, .doorOpen, .refused, .inconclusive, .stillParked: memory.saidUnanswered = false
        case .unanswered, .withdrawn: break
        }
        effects.append(.withdrawProbe(probe))
        effects.append(.record(.probe(probe, outcome, at: now)))
    }

    /// The probe's outcome says nothing about our address: the next candidate, or another round later.
    mutating func probeToldNothing(_ outcome: ProbeOutcome, now: Moment, _ effects: inout [ListingEffect]) {
        guard case .probing(_, .letThrough(let probe, _, _), let tried) = memory.state else { return }
        if outcome == .doorOpen { memory.heardDoorOpen = true }
        endProbe(outcome, at: now, &effects)
        let all = tried + [probe.queueID]
        if all.count < settings.candidatesInRound {
            chooseNext(tried: all, at: now, &effects)
        } else {
            waitAgain(outcome == .unanswered ? .unanswered : .inconclusive, at: now, &effects)
            if outcome == .unanswered, !memory.saidUnanswered {
                memory.saidUnanswered = true
                effects.append(.alert(.probesUnanswered))
            }
        }
    }

    mutating func probingDeadlineReached(
        _ since: Moment, _ stage: ProbeStage, _ tried: [QueueID], at now: Moment, _ effects: inout [ListingEffect]
    ) {
        switch stage {
        case .choosing: waitAgain(.unanswered, at: now, &effects)
        case .spaced: chooseNext(tried: tried, at: now, &effects)
        case .armed:
            guard memory.manualPause == nil else {
                waitAgain(.paused, at: now, &effects)
                return
            }
            reopen(at: now, from: settings.reopeningRate, .nothingWaiting, &effects)
        case .letThrough: probeToldNothing(.unanswered, now: now, &effects)
        }
    }

    /// Back to `listed` with the same step: nothing was heard that would make it longer.
    mutating func waitAgain(_ why: ListingReason, at now: Moment, _ effects: inout [ListingEffect]) {
        let most = memory.heardDoorOpen ? settings.acceptSpacing : settings.inconclusiveWait
        wait(why, at: now, atMost: most, &effects)
    }

    func wish(tried: [QueueID]) -> ProbeWish {
        var domains: [String] = []
        for domain in memory.accepts.map(\.domain) + [memory.lastRefusedDomain].compactMap(\.self)
        where !domains.contains(domain) { domains.append(domain) }
        return ProbeWish(avoidedDomains: domains, triedMessages: tried)
    }

    /// When an accept of this domain would count; `nil` if it would at once.
    private func readiness(of domain: String) -> Moment? {
        guard memory.accepts.contains(where: { $0.domain == domain }), let last = memory.accepts.last else {
            return nil
        }
        return last.moment + settings.acceptSpacing
    }
}
