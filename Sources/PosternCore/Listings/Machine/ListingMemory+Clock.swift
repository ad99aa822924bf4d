// SPDX-License-Identifier: Apache-2.0

extension ListingMemory {
    /// Sets all times back by as much as the clock was set back, so that what was to come in an hour still comes in an hour.
    ///
    /// The end of a pause by hand stays: it is meant by the wall clock, which is right now.
    mutating func setBack(by duration: Duration) {
        state = state.setBack(by: duration)
        accepts.setBack(by: duration)
        precursors.setBack(by: duration)
        tenants.setBack(by: duration)
        lastRefusal = lastRefusal.map { $0 - duration }
        postponedSince = postponedSince.map { $0 - duration }
        delistingRequestedAt = delistingRequestedAt.map { $0 - duration }
        blindSince = blindSince.map { $0 - duration }
        clearedAt = clearedAt.map { $0 - duration }
        leasedAt = leasedAt.map { $0 - duration }
        budget.setBack(by: duration)
        clock = clock.map { $0 - duration }
    }
}

extension [Witness] {
    /// Adds one; of more than `most` the oldest goes.
    mutating func remember(_ witness: Witness, most: Int) {
        append(witness)
        if count > most { removeFirst(count - most) }
    }

    fileprivate mutating func setBack(by duration: Duration) {
        for index in indices { self[index].moment = self[index].moment - duration }
    }
}

extension ListingState {
    fileprivate func setBack(by duration: Duration) -> ListingState {
        switch self {
        case .clear: .clear
        case .slowed(let since, let clean): .slowed(since: since - duration, clean: clean.setBack(by: duration))
        case .listed(let since, let probeAt, let latest):
            .listed(since: since - duration, probeAt: probeAt - duration, latest: latest - duration)
        case .probing(let since, let stage, let tried):
            .probing(since: since - duration, stage: stage.setBack(by: duration), tried: tried)
        case .reopening(let since, let rate, let clean):
            .reopening(since: since - duration, rate: rate, clean: clean.setBack(by: duration))
        }
    }
}

extension ProbeStage {
    fileprivate func setBack(by duration: Duration) -> ProbeStage {
        switch self {
        case .choosing(let until): .choosing(until: until - duration)
        case .armed(let until): .armed(until: until - duration)
        case .spaced(let until): .spaced(until: until - duration)
        case .letThrough(let probe, let since, let until):
            .letThrough(probe, since: since - duration, until: until - duration)
        }
    }
}

extension CleanRun {
    fileprivate func setBack(by duration: Duration) -> CleanRun {
        CleanRun(since: since - duration, accepts: accepts)
    }
}
