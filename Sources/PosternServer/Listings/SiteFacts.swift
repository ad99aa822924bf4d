// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What the listings must know of this host's Postfix.
struct SiteFacts: Sendable {
    /// The domains that must not get a route.
    var protected: ProtectedDomains
    /// How long messages may wait.
    var lifetimes: QueueLifetimes
    /// Why no mail can be paused here, such as a relay host that carries it; `nil` where it can.
    var onlyTold: String?
}

extension ListingBook {
    /// Domains of which nobody has said yet whether they may get a route; a few at a time.
    var domainsToAsk: [String] {
        guard isEnforcing, table.protected.needsAsking else { return [] }
        return Array(table.domains.all.lazy.filter { !table.protected.isAnswered($0) }.prefix(50))
    }

    /// A table of the site's told whether a domain is its own.
    mutating func answered(_ domain: String, isProtected: Bool) {
        table.protected.answered(domain, isProtected: isProtected)
        if let provider = table.domains.provider(of: domain), isPaused(provider) { hasNewRoutes = true }
    }

    /// The site is known, or known anew.
    mutating func learnt(_ site: SiteFacts) {
        var protected = site.protected
        protected.takeAnswers(of: table.protected)
        table.protected = protected
        hasNewRoutes = true
        goBy(site.lifetimes)
    }

    /// Lets the clock of the queue go by Postfix's lifetimes and the site's own longest waits.
    mutating func goBy(_ lifetimes: QueueLifetimes) {
        var lifetimes = lifetimes
        lifetimes.maximumWaits = settings.maximumWaits
        guard clock.lifetimes != lifetimes else { return }
        clock = QueueClock(lifetimes: lifetimes, restoring: clock.allMessages)
    }
}
