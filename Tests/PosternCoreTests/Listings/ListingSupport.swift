// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

extension Provider {
    static let microsoft = Provider("microsoft-consumer")
    static let tenants = Provider("microsoft-365")
    static let yahoo = Provider("yahoo")
}

extension ListingEvidence {
    static let s3150 = ListingEvidence(
        replyClass: .ipBlock, grade: .unmistakable, token: "S3150", listedAddress: .v4(0xC000_0201))
    static let throttled = ListingEvidence(replyClass: .ipThrottle, grade: .precursor, token: "4.7.651")
    static let vague = ListingEvidence(replyClass: .reputation, grade: .supporting)
    static let spamhaus = ListingEvidence(replyClass: .ipBlock, grade: .unmistakable, token: "AS3130")
    static let tenant = ListingEvidence(
        replyClass: .ipBlock, grade: .unmistakable, isTenantWorded: true, token: "5.7.511")
    static let unknownUser = ListingEvidence(replyClass: .recipientUnknown, scope: .recipient, grade: .none)
    static let busy = ListingEvidence(replyClass: .serverBusy, grade: .none)
}

extension Moment {
    /// So many minutes after noon of the day on which all tests play.
    static func at(_ minutes: Double) -> Moment {
        Moment(milliseconds: 1_800_014_400_000 + Int64(minutes * 60_000))
    }
}

extension DeliveryNews {
    static func accepted(
        at moment: Moment, by provider: Provider = .microsoft, domain: String = "hotmail.com", _ id: QueueID? = nil
    ) -> DeliveryNews {
        DeliveryNews(
            moment: moment, receivedAt: moment, provider: provider, outcome: .sent, recipientDomain: domain,
            queueID: id)
    }

    static func refused(
        _ evidence: ListingEvidence?, at moment: Moment, by provider: Provider = .microsoft,
        domain: String = "hotmail.com", _ id: QueueID? = nil
    ) -> DeliveryNews {
        DeliveryNews(
            moment: moment, receivedAt: moment, provider: provider, outcome: .deferred, evidence: evidence,
            recipientDomain: domain, queueID: id)
    }

    static func parked(at moment: Moment, domain: String = "hotmail.com", _ id: QueueID? = nil) -> DeliveryNews {
        DeliveryNews(
            moment: moment, receivedAt: moment, source: .ourPause, provider: .microsoft, family: nil,
            outcome: .deferred, recipientDomain: domain, queueID: id)
    }

    func read(at moment: Moment) -> DeliveryNews {
        var news = self
        news.receivedAt = moment
        return news
    }

    func from(_ source: NewsSource) -> DeliveryNews {
        var news = self
        news.source = source
        return news
    }
}

extension ListingMachine {
    /// Microsoft's consumer service, of which nothing is known yet.
    static var microsoft: ListingMachine {
        var settings = ListingSettings()
        settings.providerNames = [.microsoft: "Microsoft"]
        settings.usualRates = [.microsoft: 8]
        return ListingMachine(ListingKey(.microsoft), settings: settings)
    }

    /// Microsoft after one unmistakable refusal at noon.
    static var listed: ListingMachine {
        var machine = microsoft
        _ = machine.heard(.refused(.s3150, at: .at(0)))
        return machine
    }

    /// The moment of the next change, and what happens then.
    mutating func nextChange() throws -> (at: Moment, effects: [ListingEffect]) {
        while true {
            let moment = try #require(nextWakeUp)
            let effects = clockReached(moment)
            if effects.contains(where: { if case .renewLease = $0 { false } else { true } }) {
                return (moment, effects)
            }
        }
    }

    /// Waits for the probe to be due and lets one message through.
    mutating func letProbeThrough(_ id: Int, domain: String = "hotmail.com") throws -> (probe: Probe, at: Moment) {
        while state.name == .listed || state.name == .clear { _ = try nextChange() }
        let now = try #require(memory.clock)
        let probe = Probe(queueID: try .test(id), recipient: "anna@\(domain)", domain: domain)
        let effects = probeChosen(probe, at: now)
        #expect(effects.contains(.releaseProbe(probe, until: now + settings.probeLease)))
        return (probe, now)
    }
}

extension [ListingEffect] {
    /// What is to be done, without what the ledger keeps.
    var deeds: [ListingEffect] {
        filter { if case .record = $0 { false } else { true } }
    }

    var transitions: [ListingState.Name] {
        compactMap { if case .record(.transition(_, let to, _, _)) = $0 { to } else { nil } }
    }

    var alerts: [ListingAlert] {
        compactMap { if case .alert(let alert) = $0 { alert } else { nil } }
    }
}
