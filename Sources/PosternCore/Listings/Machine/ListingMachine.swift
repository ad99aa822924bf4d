// SPDX-License-Identifier: Apache-2.0

/// One provider's listing: news and time go in, effects come out.
///
/// Three layers are kept apart: what the provider's words tell (`ListingState`), a pause by hand over it, and what
/// the world was told (the pause's text and lease, the allowance). Every call ends by comparing the last with the first two
/// and says what differs, so an effect is never forgotten and never said twice.
///
/// Time goes forward for it. Where the clock is set back by more than a minute, its own times go back with it.
public struct ListingMachine: Hashable, Sendable {
    /// The provider and the address family.
    public let key: ListingKey
    /// All that it remembers.
    public internal(set) var memory: ListingMemory
    /// The numbers by which it judges.
    public var settings: ListingSettings

    /// A machine that goes on from what it remembered.
    public init(_ key: ListingKey, memory: ListingMemory = ListingMemory(), settings: ListingSettings) {
        self.key = key
        self.memory = memory
        self.settings = settings
    }

    /// Where it stands.
    public var state: ListingState { memory.state }

    /// What may be let out now.
    public var allowance: ReleaseAllowance {
        if memory.manualPause != nil { return .nothing }
        switch memory.state {
        case .clear: return .everything
        case .listed, .probing: return .nothing
        case .slowed: return .perMinute(max(settings.slowedRate, 1))
        // Who cannot see a refusal cannot close at the first one.
        case .reopening(_, let rate, _):
            return .perMinute(max(memory.blindSince == nil ? rate : min(rate, settings.reopeningRate), 1))
        }
    }

    /// When time alone will change something next; `nil` if nothing will.
    public var nextWakeUp: Moment? {
        let lease = memory.pauseText == nil ? nil : memory.leasedAt.map { $0 + settings.renewal }
        return [stateDeadline, memory.manualPause?.until, lease].compactMap(\.self).min()
    }

    /// Whether nothing is left that would make it differ from a new one.
    var isForgettable: Bool {
        guard memory.state == .clear, memory.manualPause == nil, memory.pauseText == nil else { return false }
        guard let now = memory.clock else { return true }
        let isRecent = { (moment: Moment, bound: Duration) in now.since(moment) < bound }
        return memory.clearedAt.map { isRecent($0, settings.relapse) } != true
            && !memory.precursors.contains { isRecent($0.moment, settings.precursorWindow) }
            && !memory.tenants.contains { isRecent($0.moment, settings.tenantWindow) }
    }

    /// Goes to another state, and says so to the ledger.
    mutating func become(_ state: ListingState, _ why: ListingReason, _ effects: inout [ListingEffect]) {
        let (from, now) = (memory.state.name, memory.clock ?? Moment(milliseconds: 0))
        memory.state = state
        guard from != state.name else { return }
        effects.append(.record(.transition(from: from, to: state.name, why: why, at: now)))
    }

    /// What holds now, said again: for a server that has just started and knows nothing.
    public func standingEffects(at now: Moment) -> [ListingEffect] {
        var effects: [ListingEffect] = []
        if let text = memory.pauseText { effects.append(.openPause(text: text, until: now + settings.lease)) }
        if memory.allowance != .everything { effects.append(.budgetChanged(memory.allowance)) }
        guard case .probing(_, let stage, let tried) = memory.state else { return effects }
        switch stage {
        case .choosing: effects.append(.chooseProbe(wish(tried: tried)))
        case .armed: effects.append(.armed)
        case .spaced: break
        case .letThrough(let probe, let since, _):
            effects.append(.releaseProbe(probe, until: since + settings.probeLease))
        }
        return effects
    }

    /// Brings what the world was told to what holds now.
    mutating func settle(at now: Moment, _ effects: inout [ListingEffect]) {
        let text = desiredPauseText
        if let text, text != memory.pauseText {
            memory.leasedAt = now
            effects.append(.openPause(text: text, until: now + settings.lease))
        } else if text == nil, memory.pauseText != nil {
            memory.leasedAt = nil
            effects.append(.endPause)
        } else if text != nil, memory.leasedAt.map({ now.since($0) >= settings.renewal }) ?? true {
            memory.leasedAt = now
            effects.append(.renewLease(until: now + settings.lease))
        }
        memory.pauseText = text
        let allowance = allowance
        guard allowance != memory.allowance else { return }
        memory.allowance = allowance
        switch allowance {
        case .everything, .nothing: memory.budget.changeLimit(to: 0)
        case .perMinute(let rate): memory.budget.changeLimit(to: rate)
        }
        effects.append(.budgetChanged(allowance))
    }

    private var desiredPauseText: String? {
        let name = settings.name(of: key.provider)
        if memory.state != .clear, let cause = memory.cause { return PauseWording.text(for: cause, providerName: name) }
        // A state that is not clear always has a cause; a damaged store may have lost it.
        return memory.state != .clear || memory.manualPause != nil ? PauseWording.textByHand(providerName: name) : nil
    }
}
