// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import PosternCore
internal import PostfixTools
internal import Synchronization

/// Looks at main.cf and its tables, and says what it means for the listings.
final class SiteWatch: Sendable {
    private let programs: PostfixPrograms
    private let log: Logger
    private let now: @Sendable () -> Moment
    private let known = Mutex<(domains: SiteDomains?, said: String?)>((nil, nil))

    init(_ programs: PostfixPrograms = PostfixPrograms(), log: Logger, now: @escaping @Sendable () -> Moment) {
        self.programs = programs
        self.log = log
        self.now = now
    }

    /// What the site is now; `nil` if it cannot be read: what was known holds on.
    func look() async -> SiteFacts? {
        do throws(CommandError) {
            let (parameters, domains) = try await CommandRunner.offThread { [programs] () throws(CommandError) in
                let parameters = try PostfixParameters.read(programs)
                return (parameters, ProtectedDomainsReader(programs: programs).read(parameters))
            }
            return facts(parameters, domains)
        } catch {
            say("Postfix's configuration cannot be read, so no provider can be paused: \(error)")
            return nil
        }
    }

    /// Whether a domain must have no route, as its tables say that have to be asked.
    func protects(_ domain: String) async -> Bool {
        guard let domains = known.withLock({ $0.domains }) else { return true }
        return await domains.protectionAsked(of: domain, at: now()) != .open
    }

    private func facts(_ parameters: PostfixParameters, _ domains: SiteDomains) -> SiteFacts {
        known.withLock { $0.domains = domains }
        var protected = domains.listed
        protected.needsAsking = !domains.askedTables.isEmpty
        if let gap = domains.gaps.first {
            protected.add("*")
            say("\(gap.parameter): \(gap.source): \(gap.reason); until it can be read no provider is paused")
        } else if let reason = domains.allBecause {
            say("listings are only told of, as the mail's way is not Postfix's to choose: \(reason)")
        } else {
            say(nil)
        }
        var lifetimes = QueueLifetimes()
        if let lifetime = parameters.queueLifetime { lifetimes.message = lifetime }
        if let lifetime = parameters.bounceLifetime { lifetimes.notice = lifetime }
        return SiteFacts(protected: protected, lifetimes: lifetimes, onlyTold: domains.allBecause)
    }

    /// Says something once, until it is something else.
    private func say(_ text: String?) {
        let isNew = known.withLock { known in
            defer { known.said = text }
            return known.said != text
        }
        if isNew, let text { log.warning("\(text)") }
    }
}
