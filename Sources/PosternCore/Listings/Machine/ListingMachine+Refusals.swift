// SPDX-License-Identifier: Apache-2.0

extension ListingMachine {
    /// The provider refused a message because of our address.
    mutating func refused(
        _ evidence: ListingEvidence, _ news: DeliveryNews, at moment: Moment, wasLetOut: Bool, now: Moment,
        _ effects: inout [ListingEffect]
    ) {
        let isOld = now.since(moment) > settings.newsBound
        effects.append(
            .record(
                .refusal(evidence, domain: news.recipientDomain, queueID: news.queueID, isOld: isOld, at: moment)))
        let isProbe = isProbe(news, at: moment)
        if isProbe { endProbe(.refused, at: now, &effects) }
        if moment > memory.lastRefusal ?? Moment(milliseconds: .min) { memory.lastRefusal = moment }
        // What happened to our own probe is told by when it was sent, not by when it is read.
        guard !isOld || isProbe else { return }
        let witness = Witness(
            domain: news.recipientDomain, moment: moment, queueID: news.queueID,
            isTenantWorded: evidence.isTenantWorded)
        let isBelieved = evidence.grade == .unmistakable && isBelieved(witness)
        switch memory.state {
        case .clear:
            guard memory.blindSince == nil else { return }
            if isBelieved {
                list(evidence, as: .blocked, step: firstStep(at: now), at: now, &effects)
            } else if isSecondPrecursor(witness, evidence.grade) {
                slow(evidence, at: now, &effects)
            }
        case .slowed(let since, _):
            if isBelieved {
                list(evidence, as: .blocked, step: firstStep(at: now), at: now, &effects)
            } else if isWarning(evidence), wasLetOut || moment >= since + settings.settling {
                list(evidence, as: .throttled, step: firstStep(at: now), at: now, &effects)
            }
        case .listed(let since, _, _):
            if moment >= since + settings.settling { memory.accepts = [] }
            // A block weighs more than a throttle: its plan holds from now on.
            if isBelieved, memory.cause?.severity == .throttled {
                list(evidence, as: .blocked, step: 0, at: now, &effects)
            }
        case .probing(let since, _, _):
            guard isProbe || (isBelieved && moment >= since) else { return }
            endProbe(.withdrawn, at: now, &effects)
            memory.lastRefusedDomain = news.recipientDomain
            listAgain(evidence, isBelieved, at: now, &effects)
        case .reopening(let since, _, _):
            guard moment >= since || wasLetOut else { return }
            guard isBelieved || isWarning(evidence) || isSecondPrecursor(witness, evidence.grade) else {
                return
            }
            effects.append(.alert(.listedAgain))
            listAgain(evidence, isBelieved, at: now, &effects)
        }
    }

    /// Whether one such reply is enough where mail is only let out in small numbers.
    private func isWarning(_ evidence: ListingEvidence) -> Bool {
        evidence.grade == .precursor && !evidence.isTenantWorded
    }

    /// Whether one refusal is enough: what a customer can have worded, two of them must have said.
    private mutating func isBelieved(_ witness: Witness) -> Bool {
        guard witness.isTenantWorded else { return true }
        memory.tenants.removeAll { $0.moment.distance(to: witness.moment) > settings.tenantWindow }
        memory.tenants.remember(witness, most: 16)
        return memory.tenants.contains { $0.domain != witness.domain }
    }

    /// Whether there now are two in a short time, at least one of them a precursor.
    ///
    /// Two lines of one attempt are one. Of two that customers can have worded, the domains must differ.
    private mutating func isSecondPrecursor(_ witness: Witness, _ grade: EvidenceGrade) -> Bool {
        memory.precursors.removeAll { $0.moment.distance(to: witness.moment) > settings.precursorWindow }
        let isSecond = memory.precursors.contains { other in
            !other.isSameAttempt(as: witness)
                && !(other.isTenantWorded && witness.isTenantWorded && other.domain == witness.domain)
        }
        switch grade {
        case .precursor, .unmistakable: memory.precursors.remember(witness, most: 16)
        case .supporting, .none: break
        }
        return isSecond
    }

    private mutating func slow(_ evidence: ListingEvidence, at now: Moment, _ effects: inout [ListingEffect]) {
        memory.cause = cause(evidence, as: .throttled)
        become(.slowed(since: now, clean: CleanRun(since: now)), .precursors, &effects)
        effects.append(.alert(.slowed))
    }
}
