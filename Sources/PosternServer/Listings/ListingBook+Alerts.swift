// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

extension ListingBook {
    /// What people are told of a change, with all that is known of the listing now.
    func alert(_ change: ListingAlert, of key: ListingKey, at now: Moment) -> Alert {
        let kind: AlertKind =
            switch change {
            case .slowed: .listingSlowed
            case .listed: .listingOpened
            case .listedAgain: .listingOpenedAgain
            case .reopening: .listingReopening
            case .cleared: .listingClosed
            case .probesUnanswered: .probesUnanswered
            }
        return alert(kind, of: key, at: now)
    }

    /// What people are told where a provider that refuses us names another code than before.
    func alertOfCode(_ code: String, instead former: String, of key: ListingKey, at now: Moment) -> Alert {
        Alert(
            .listingCodeChanged, about: key.provider.name, at: now, since: told[key]?.openedAt, isActedOn: isEnforcing,
            evidence: told[key]?.evidence?.reply,
            facts: [AlertFact(.code, .text(code)), AlertFact(.formerCode, .text(former))])
    }

    /// What people are told of a probe's outcome; `nil` where it tells nothing.
    func alert(_ outcome: ProbeOutcome, of probe: Probe, for key: ListingKey, at now: Moment) -> Alert? {
        switch outcome {
        case .accepted: alert(.probeAccepted, of: key, at: now, [AlertFact(.queueID, .text(probe.queueID.description))])
        case .refused: alert(.probeRefused, of: key, at: now, [AlertFact(.queueID, .text(probe.queueID.description))])
        default: nil
        }
    }

    /// What people are told of a message whose time in the queue runs out.
    func alert(_ warning: QueueWarning, of provider: Provider, at now: Moment) -> Alert {
        let heap = waiting[provider]
        return Alert(
            .expiryNear, about: provider.name, at: now,
            facts: [
                AlertFact(.queueID, .text(warning.queueID.description)),
                AlertFact(.expires, .moment(warning.expires)), AlertFact(.waiting, .count(heap.messages.count)),
            ])
    }

    private func alert(_ kind: AlertKind, of key: ListingKey, at now: Moment, _ more: [AlertFact] = []) -> Alert {
        let memory = listings[key]?.memory
        let note = told[key]
        let heap = waiting[key.provider]
        var facts = more
        if let token = memory?.cause?.token { facts.append(AlertFact(.code, .text(token))) }
        if let address = memory?.cause?.listedAddress { facts.append(AlertFact(.address, .text(address))) }
        if let rule = memory?.cause?.rule { facts.append(AlertFact(.rule, .text(rule))) }
        if more.isEmpty, let id = note?.evidence?.queueID { facts.append(AlertFact(.queueID, .text(id.description))) }
        if case .listed(_, let probeAt, _) = memory?.state { facts.append(AlertFact(.nextProbe, .moment(probeAt))) }
        if !heap.messages.isEmpty { facts.append(AlertFact(.waiting, .count(heap.messages.count))) }
        if let oldest = heap.oldest { facts.append(AlertFact(.oldest, .moment(oldest))) }
        return Alert(
            kind, about: key.provider.name, at: now, since: note?.openedAt, isActedOn: isEnforcing,
            evidence: note?.evidence?.reply, facts: facts)
    }
}
