// SPDX-License-Identifier: Apache-2.0

extension ListingMachine {
    /// Time passed.
    ///
    /// Call it at `nextWakeUp` and whenever convenient; a call too early changes nothing.
    public mutating func clockReached(_ now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: now, &effects)
        settle(at: now, &effects)
        return effects
    }

    /// Takes the time of what happens next, and first lets happen what was due before it.
    /// - Returns: The time that holds.
    mutating func advance(to now: Moment, _ effects: inout [ListingEffect]) -> Moment {
        var now = now
        if let clock = memory.clock, now < clock {
            let back = clock.since(now)
            if back > .minutes(1) {
                memory.setBack(by: back)
                effects.append(.record(.clockSetBack(back, at: now)))
            } else {
                now = clock
            }
        }
        memory.clock = now
        if let until = memory.manualPause?.until, until <= now {
            memory.manualPause = nil
            restartClean(at: now)
            effects.append(.record(.manualPauseEnded(at: now)))
        }
        // Each step sets a deadline that lies ahead, so two are enough; the bound is for numbers that a site may set to zero.
        for _ in 0..<4 {
            guard let due = stateDeadline, due <= now || due > now + horizon else { break }
            deadlineReached(at: now, &effects)
        }
        return now
    }

    /// When the state changes by itself.
    var stateDeadline: Moment? {
        switch memory.state {
        case .clear: nil
        case .slowed(_, let clean): end(of: clean, after: settings.slowedClean)
        case .reopening(_, _, let clean): end(of: clean, after: settings.cleanStep)
        case .listed(_, let probeAt, let latest):
            // A pause by hand holds the probe back until it ends.
            memory.manualPause == nil ? (isHeldByDNS ? latest : min(probeAt, latest)) : nil
        case .probing(_, let stage, _):
            switch stage {
            case .choosing(let until), .armed(let until), .spaced(let until): until
            case .letThrough(_, _, let until): until
            }
        }
    }

    /// No deadline lies further ahead; one that does was stored badly, and would never come.
    private var horizon: Duration {
        max(settings.longestWait, settings.armedLimit, settings.slowedClean, settings.silentStep) + .hours(1)
    }

    /// Whether a list that we can ask ourselves still names us, and stands behind the refusal.
    private var isHeldByDNS: Bool {
        memory.isStillListedByDNS == true && settings.plans.plan(of: memory.cause).waitsForDNS
    }

    /// Silence is a weaker sign than an accept, so it takes longer.
    private func end(of clean: CleanRun, after step: Duration) -> Moment {
        clean.since + (clean.accepts > 0 ? step : max(step, settings.silentStep))
    }

    private mutating func deadlineReached(at now: Moment, _ effects: inout [ListingEffect]) {
        switch memory.state {
        case .clear: break
        case .slowed(let since, _):
            guard isCounting else {
                memory.state = .slowed(since: since, clean: CleanRun(since: now))
                return
            }
            reopen(at: now, from: settings.slowedRate, .clean, &effects)
        case .reopening(let since, let rate, _):
            let usual = settings.usualRate(of: key.provider)
            if isCounting, rate >= usual {
                clear(at: now, &effects)
            } else {
                // A store may hold any number: doubled without overflow.
                let faster = isCounting ? min(max(rate, 1), usual / 2 + 1) * 2 : rate
                memory.state = .reopening(
                    since: since, rate: min(faster, max(usual, rate)), clean: CleanRun(since: now))
            }
        case .listed(_, let probeAt, _):
            startProbing(probeAt <= now && !isHeldByDNS ? .probeDue : .longestWait, at: now, &effects)
        case .probing(let since, let stage, let tried):
            probingDeadlineReached(since, stage, tried, at: now, &effects)
        }
    }

    /// Whether time without a refusal tells anything.
    private var isCounting: Bool { memory.manualPause == nil && memory.blindSince == nil }

    /// Lets mail out again, a little first.
    mutating func reopen(at now: Moment, from rate: Int, _ why: ListingReason, _ effects: inout [ListingEffect]) {
        let start = min(max(rate, 1), settings.usualRate(of: key.provider))
        memory.accepts = []
        memory.precursors = []
        become(.reopening(since: now, rate: start, clean: CleanRun(since: now)), why, &effects)
        effects.append(.alert(.reopening))
    }

    private mutating func clear(at now: Moment, _ effects: inout [ListingEffect]) {
        memory.clearedAt = now
        memory.delistingRequestedAt = nil
        memory.isStillListedByDNS = nil
        memory.tenants = []
        become(.clear, .clean, &effects)
        effects.append(.alert(.cleared))
    }
}
