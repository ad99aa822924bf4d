// SPDX-License-Identifier: Apache-2.0

/// Whether mail of a signing domain, whose signature passed of late, is refused for want of authentication.
///
/// A key was changed in DNS, or the signer broke: every message of the domain is at risk, and no sender did wrong. A domain
/// that never passed, or not for a week, was never set up, and says nothing new.
public struct AuthenticationBreaker: Sendable {
    /// When the breaker trips.
    public struct Settings: Hashable, Sendable {
        /// How many refusals it takes; at least 1.
        public var refusals: Int
        /// Within which time.
        public var window: Duration
        /// For how long a domain counts as one that passes.
        public var memory: Duration
        /// After which time the same domain is told of again.
        public var silence: Duration

        /// Three refusals in ten minutes of a domain that passed within a week, told once an hour, unless told otherwise.
        public init(
            refusals: Int = 3, window: Duration = .minutes(10), memory: Duration = .hours(7 * 24),
            silence: Duration = .hours(1)
        ) {
            self.refusals = refusals
            self.window = window
            self.memory = memory
            self.silence = silence
        }
    }

    /// What was found.
    public struct Finding: Hashable, Sendable {
        /// The domain of the signature (`d=`).
        public let domain: String
        /// How many refusals came within the window.
        public let refusals: Int
        /// The first of them.
        public let since: Moment
        /// When mail of the domain passed last.
        public let lastPassed: Moment
        /// The latest refusal, cut to 500 characters; worded by the other side.
        public let sample: String
    }

    private struct Domain: Sendable {
        var lastPassed: Moment?
        /// The latest refusals, in order, no more than it takes.
        var refusals: [Moment] = []
        var lastTold: Moment?
        var lastHeard: Moment
    }

    /// Domains that are remembered, at most; the one not heard of for longest goes for a new one.
    public let capacity: Int
    private let settings: Settings
    private var domains: [String: Domain] = [:]

    /// A breaker that has heard nothing.
    public init(settings: Settings = Settings(), capacity: Int = 1000) {
        self.settings = settings
        self.capacity = max(1, capacity)
    }

    /// How many domains are remembered.
    public var count: Int { domains.count }

    /// A host that checks signatures accepted a message that bore the domain's.
    public mutating func passed(_ domain: String, at moment: Moment) {
        change(domain, at: moment) { $0.lastPassed = max($0.lastPassed ?? moment, moment) }
    }

    /// A host refused a message that bore the domain's signature, for want of authentication.
    /// - Returns: a finding, if this was one refusal too many.
    public mutating func refused(_ domain: String, reply: String, at moment: Moment) -> Finding? {
        change(domain, at: moment) { [settings] state in
            let limit = max(1, settings.refusals)
            state.refusals.append(moment)
            state.refusals.sort()
            let latest = state.refusals.last ?? moment
            state.refusals.removeAll { latest.since($0) > settings.window }
            if state.refusals.count > limit { state.refusals.removeFirst(state.refusals.count - limit) }
            guard state.refusals.count == limit, let first = state.refusals.first, let lastPassed = state.lastPassed,
                latest.since(lastPassed) <= settings.memory
            else { return nil }
            if let told = state.lastTold, latest.since(told) < settings.silence { return nil }
            state.lastTold = latest
            return Finding(
                domain: domain, refusals: limit, since: first, lastPassed: lastPassed, sample: String(reply.prefix(500))
            )
        }
    }

    @discardableResult
    private mutating func change<Result>(
        _ domain: String, at moment: Moment, _ change: (inout Domain) -> Result
    ) -> Result {
        var state = domains.removeValue(forKey: domain) ?? Domain(lastHeard: moment)
        if domains.count >= capacity, let oldest = domains.min(by: { $0.value.lastHeard < $1.value.lastHeard })?.key {
            domains[oldest] = nil
        }
        state.lastHeard = max(state.lastHeard, moment)
        let result = change(&state)
        domains[domain] = state
        return result
    }
}
