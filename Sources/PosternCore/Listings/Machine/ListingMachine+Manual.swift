// SPDX-License-Identifier: Apache-2.0

extension ListingMachine {
    /// Somebody orders something; `by` is who, as the peer's credentials tell.
    public mutating func ordered(_ action: ManualAction, by: String, at now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: now, &effects)
        let wasApplied =
            switch action {
            case .pause(let until): pause(until: until, by: by, at: now)
            case .resume: resume(at: now, &effects)
            case .probe: probeNow(at: now, &effects)
            case .delistingRequested: delistingRequested(at: now)
            }
        effects.append(.audit(action, by: by, wasApplied: wasApplied, at: now))
        _ = advance(to: now, &effects)
        settle(at: now, &effects)
        return effects
    }

    /// The log cannot be read from now on: no new pause opens, and time without a refusal tells nothing.
    public mutating func wentBlind(at now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: now, &effects)
        if memory.blindSince == nil { memory.blindSince = now }
        settle(at: now, &effects)
        return effects
    }

    /// The log can be read again.
    public mutating func sawAgain(at now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: now, &effects)
        memory.blindSince = nil
        restartClean(at: now)
        settle(at: now, &effects)
        return effects
    }

    private mutating func pause(until: Moment?, by: String, at now: Moment) -> Bool {
        if let until, until <= now { return false }
        memory.manualPause = ManualPause(by: by, since: now, until: until)
        return true
    }

    /// The operator knows more than the log: a listing is reopened, slowly; the first refusal closes it again.
    private mutating func resume(at now: Moment, _ effects: inout [ListingEffect]) -> Bool {
        let wasPaused = memory.manualPause != nil
        memory.manualPause = nil
        switch memory.state {
        case .clear: return wasPaused
        case .reopening:
            restartClean(at: now)
            return wasPaused
        case .slowed, .listed, .probing:
            endProbe(.withdrawn, at: now, &effects)
            reopen(at: now, from: settings.reopeningRate, .byHand, &effects)
            return true
        }
    }

    private mutating func probeNow(at now: Moment, _ effects: inout [ListingEffect]) -> Bool {
        switch memory.state {
        case .clear, .slowed, .reopening: return false
        case .listed:
            startProbing(.byHand, at: now, &effects)
            return true
        case .probing(_, .letThrough, _), .probing(_, .choosing, _): return false
        case .probing(_, .armed, let tried), .probing(_, .spaced, let tried):
            chooseNext(tried: tried, at: now, &effects)
            return true
        }
    }

    private mutating func delistingRequested(at now: Moment) -> Bool {
        switch memory.state {
        case .clear, .slowed, .reopening: return false
        case .probing:
            memory.delistingRequestedAt = now
            return true
        case .listed(let since, let probeAt, let latest):
            memory.delistingRequestedAt = now
            memory.state = .listed(
                since: since, probeAt: min(probeAt, now + settings.delistingDelay), latest: latest)
            return true
        }
    }

    /// Time during which nothing could be let out, or seen, does not count as clean.
    mutating func restartClean(at now: Moment) {
        switch memory.state {
        case .clear, .listed, .probing: break
        case .slowed(let since, _): memory.state = .slowed(since: since, clean: CleanRun(since: now))
        case .reopening(let since, let rate, _):
            memory.state = .reopening(since: since, rate: rate, clean: CleanRun(since: now))
        }
    }
}
