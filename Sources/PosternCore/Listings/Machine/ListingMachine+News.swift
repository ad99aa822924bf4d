// SPDX-License-Identifier: Apache-2.0

extension ListingMachine {
    /// The log told of a delivery to this provider, or of its probe.
    public mutating func heard(_ news: DeliveryNews) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        let now = advance(to: news.receivedAt, &effects)
        // A stamp from the future is a clock's error: the line was written before it was read.
        let moment = min(news.moment, now)
        // A probe may end at another provider's host, where the domain has moved there.
        let isOthers = news.source == .provider && news.provider != key.provider
        let sign = isOthers ? .inconclusive : ListingSign(news)
        let wasLetOut = sign != .nothing && news.queueID.map { memory.budget.ended($0, at: moment) } ?? false
        switch sign {
        case .nothing: break
        case .accepted: accepted(news, at: moment, now: now, &effects)
        case .refused(let evidence):
            refused(evidence, news, at: moment, wasLetOut: wasLetOut, now: now, &effects)
        case .doorOpen:
            if isProbe(news, at: moment) { probeToldNothing(.doorOpen, now: now, &effects) }
        case .inconclusive:
            if isProbe(news, at: moment) { probeToldNothing(.inconclusive, now: now, &effects) }
        case .waiting: waits(news, at: moment, now: now, &effects)
        }
        settle(at: now, &effects)
        return effects
    }

    private mutating func accepted(
        _ news: DeliveryNews, at moment: Moment, now: Moment, _ effects: inout [ListingEffect]
    ) {
        // Stamps are often cut to the second: what is as old as the refusal may have come before it.
        guard moment > memory.lastRefusal ?? Moment(milliseconds: .min) else { return }
        switch memory.state {
        case .clear: break
        case .slowed(let since, var clean):
            guard moment >= clean.since else { return }
            clean.accepts = min(clean.accepts, Int.max - 1) + 1
            memory.state = .slowed(since: since, clean: clean)
        case .reopening(let since, let rate, var clean):
            guard moment >= clean.since else { return }
            clean.accepts = min(clean.accepts, Int.max - 1) + 1
            memory.state = .reopening(since: since, rate: rate, clean: clean)
        case .listed(let since, _, _):
            // What was under way when the pause opened may be taken by another of the provider's hosts.
            guard moment >= since + settings.settling else { return }
            count(news, at: moment)
            if memory.accepts.count >= settings.acceptsNeeded { reopenByAccepts(at: now, &effects) }
        case .probing(let since, _, _):
            let isProbe = isProbe(news, at: moment)
            guard isProbe || moment >= since else { return }
            count(news, at: moment)
            if isProbe { endProbe(.accepted, at: now, &effects) }
            if memory.accepts.count >= settings.acceptsNeeded {
                reopenByAccepts(at: now, &effects)
            } else if isProbe {
                memory.heardDoorOpen = true
                chooseNext(tried: [], at: now, &effects)
            }
        }
    }

    /// Counts an accept if it is another domain's, or some time after the last that counted.
    private mutating func count(_ news: DeliveryNews, at moment: Moment) {
        let last = memory.accepts.last?.moment
        let isSpaced = last.map { moment >= $0 + settings.acceptSpacing } ?? true
        guard isSpaced || !memory.accepts.contains(where: { $0.domain == news.recipientDomain }) else { return }
        memory.accepts.remember(
            Witness(domain: news.recipientDomain, moment: moment, queueID: news.queueID), most: 8)
    }

    private mutating func reopenByAccepts(at now: Moment, _ effects: inout [ListingEffect]) {
        endProbe(.withdrawn, at: now, &effects)
        reopen(at: now, from: settings.reopeningRate, .accepted, &effects)
    }

    /// A message waits: by our own pause, so it was asked for and put off.
    private mutating func waits(
        _ news: DeliveryNews, at moment: Moment, now: Moment, _ effects: inout [ListingEffect]
    ) {
        guard case .probing(let since, let stage, let tried) = memory.state else { return }
        switch stage {
        case .armed: chooseNext(tried: tried, at: now, &effects)
        case .choosing, .spaced: break
        case .letThrough(let probe, let letThroughAt, _):
            guard news.queueID == probe.queueID, moment >= letThroughAt - settings.stampGrain else { return }
            // qmgr answered from its memory; the same message may go once that is forgotten.
            endProbe(.stillParked, at: now, &effects)
            guard tried.count + 1 < settings.candidatesInRound else {
                waitAgain(.inconclusive, at: now, &effects)
                return
            }
            memory.state = .probing(
                since: since, stage: .spaced(until: now + settings.answerCache), tried: tried + [probe.queueID])
        }
    }
}
