// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Resolving
internal import Synchronization

/// Looks up who serves the domains that mail is submitted for, while a provider is paused.
///
/// A domain of a customer's at a paused provider is kept so from its first message or, where that is quicker than we are,
/// from its second attempt on.
final class DomainScout: SubmissionHearer {
    /// When domains that were asked for may be asked for again.
    private let asked = Mutex(RecentMap<String, Moment>(capacity: 20_000))
    private let isWanted = Atomic(false)
    private let now: @Sendable () -> Moment
    private let domains: AsyncStream<String>
    private let outbox: AsyncStream<String>.Continuation

    /// How long an answer is good for, and how long nobody asks again after a failure.
    private static let trust = Duration.hours(1)
    private static let respite = Duration.seconds(30)

    /// How many look-ups go on at a time.
    private static let width = 16

    init(now: @escaping @Sendable () -> Moment) {
        self.now = now
        // What finds no room is found again with the next message.
        (domains, outbox) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1000))
    }

    var wantsAddresses: Bool { isWanted.load(ordering: .relaxed) }

    /// Whether it is worth to know who serves which domain.
    func want(_ isWanted: Bool) { self.isWanted.store(isWanted, ordering: .relaxed) }

    func heard(_ submission: Submission) {
        guard wantsAddresses, submission.outcome != .refused else { return }
        for address in submission.addresses { found(RouteKey.domain(ofAddress: address)) }
    }

    /// Asks for the domains as they come, until the task is cancelled.
    /// - Parameters:
    ///   - resolver: Whom it asks.
    ///   - isUnknown: Whether nobody knows yet who serves a domain.
    ///   - learn: Takes a domain with its preferred mail host.
    func run(
        _ resolver: Resolver, isUnknown: @escaping @Sendable (String) -> Bool,
        learn: @escaping @Sendable (_ domain: String, _ host: String) -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await domain in domains where isUnknown(domain) {
                if running == Self.width {
                    await group.next()
                    running -= 1
                }
                running += 1
                group.addTask { await self.ask(resolver, domain, learn) }
            }
        }
    }

    private func ask(
        _ resolver: Resolver, _ domain: String, _ learn: @Sendable (_ domain: String, _ host: String) -> Void
    ) async {
        switch await resolver.mx(of: domain) {
        // The other hosts are for when it fails: mail goes to the first.
        case .found(let hosts): if let host = hosts.first { learn(domain, host) }
        case .nothing, .failed(.badName), .failed(.malformed): break
        case .failed: askAgain(domain)
        }
    }

    private func found(_ domain: String?) {
        guard let domain else { return }
        let moment = now()
        let isDue = asked.withLock { asked in
            if let next = asked[domain], moment < next, next.since(moment) <= Self.trust { return false }
            asked.set(moment + Self.trust, for: domain)
            return true
        }
        guard isDue else { return }
        if case .enqueued = outbox.yield(domain) { return }
        askAgain(domain)
    }

    private func askAgain(_ domain: String) {
        let moment = now() + Self.respite
        asked.withLock { $0.set(moment, for: domain) }
    }
}
