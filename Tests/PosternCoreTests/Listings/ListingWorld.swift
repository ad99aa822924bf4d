// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

/// What can happen to the listings, in any order, and what must then hold.
enum ListingEvent {
    case news(DeliveryNews)
    case clock(Moment)
    case chosen(Probe, ListingKey, notBefore: Moment?, at: Moment)
    case nothingWaits(ListingKey, at: Moment)
    case mailWaits(ListingKey, at: Moment)
    case dns(Bool, ListingKey, at: Moment)
    case blind(Bool, at: Moment)
    case ordered(ManualAction, Provider, at: Moment)
    case release(QueueID, Provider, at: Moment)
}

extension Listings {
    mutating func happens(_ event: ListingEvent) -> [ListingOrder] {
        switch event {
        case .news(let news): return heard(news)
        case .clock(let now): return clockReached(now)
        case .chosen(let probe, let key, let notBefore, let now):
            return probeChosen(probe, for: key, notBefore: notBefore, at: now)
        case .nothingWaits(let key, let now): return nothingWaiting(for: key, at: now)
        case .mailWaits(let key, let now): return mailWaiting(for: key, at: now)
        case .dns(let isListed, let key, let now): return dnsAnswered(isListed: isListed, for: key, at: now)
        case .blind(let isBlind, let now): return isBlind ? wentBlind(at: now) : sawAgain(at: now)
        case .ordered(let action, let provider, let now): return ordered(action, for: provider, by: "root", at: now)
        case .release(let id, let provider, let now):
            return takeRelease(of: id, to: provider, at: now)
                ? [ListingOrder(ListingKey(provider), .budgetChanged(.perMinute(1)))] : []
        }
    }
}

/// Makes events that fit together as badly as they like.
struct ListingWorld {
    var random: SplitMix64
    var now = Moment.at(0)
    /// Whether the clock may be set back.
    var clockMayStep = true

    /// Providers take everything for a while, then refuse for a while.
    private var isFair = false
    /// What they refuse with is no block, for now.
    private var isThrottling = false

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    private static let providers = [Provider.microsoft, .tenants, .yahoo]
    private static let domains = ["hotmail.com", "live.com", "a.example", "b.example"]
    private static let evidence: [ListingEvidence?] = [
        nil, .s3150, .throttled, .throttled, .vague, .spamhaus, .tenant, .unknownUser, .busy,
    ]

    mutating func next() throws -> ListingEvent {
        step()
        if chance(isFair ? 200 : 100) {
            isFair.toggle()
            isThrottling = chance(2)
        }
        let key = ListingKey(pick(Self.providers), chance(6) ? .v6 : .v4)
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<9: return .news(try news(key))
        case 9..<12: return .clock(now)
        case 12, 13:
            let domain = pick(Self.domains)
            let wait = chance(4) ? now + .seconds(Int.random(in: 0...60, using: &random)) : nil
            return .chosen(
                Probe(queueID: try id(), recipient: "a@\(domain)", domain: domain), key, notBefore: wait, at: now)
        case 14: return chance(2) ? .nothingWaits(key, at: now) : .mailWaits(key, at: now)
        case 15: return .dns(chance(2), key, at: now)
        case 16: return .blind(chance(isFair ? 8 : 2), at: now)
        case 17: return .ordered(isFair && chance(2) ? .resume : try action(), key.provider, at: now)
        default: return .release(try id(), key.provider, at: now)
        }
    }

    private mutating func step() {
        let most = chance(8) ? 7200 : chance(3) ? 600 : 20
        now = now + .seconds(Int.random(in: 0...most, using: &random))
        if clockMayStep, chance(60) { now = now - .seconds(Int.random(in: 0...200_000, using: &random)) }
    }

    private mutating func news(_ key: ListingKey) throws -> DeliveryNews {
        let age = chance(5) ? Int.random(in: 0...7200, using: &random) : Int.random(in: -5...30, using: &random)
        return DeliveryNews(
            moment: now - .seconds(age), receivedAt: now,
            source: chance(4) ? pick([.foreignHost, .ourPause, .postfix, .untrusted]) : .provider,
            provider: chance(12) ? nil : key.provider, family: chance(10) ? nil : key.family,
            outcome: outcome(), evidence: isThrottling ? pick([.throttled, .vague, nil]) : pick(Self.evidence),
            recipientDomain: pick(Self.domains), transport: chance(6) ? "postern-probe" : "smtp", queueID: try id())
    }

    private mutating func outcome() -> DeliveryOutcome {
        if chance(20) { return pick(DeliveryOutcome.allCases) }
        return chance(isFair ? 100 : 3) == isFair ? .deferred : .sent
    }

    private mutating func action() throws -> ManualAction {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .pause(until: now + .minutes(Int.random(in: -5...300, using: &random)))
        case 1: .pause(until: nil)
        case 2: .resume
        case 3: .probe
        default: .delistingRequested
        }
    }

    private mutating func id() throws -> QueueID { try .test(Int.random(in: 0..<12, using: &random)) }

    private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }
}
