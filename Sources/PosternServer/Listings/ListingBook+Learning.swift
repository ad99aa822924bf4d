// SPDX-License-Identifier: Apache-2.0
internal import MailLog
internal import PosternCore
internal import PostfixWire

extension ListingBook {
    /// A host of a provider's answered for a domain: the provider serves it.
    mutating func learn(from delivery: Delivery) {
        guard delivery.source == .provider, let provider = delivery.provider, !delivery.recipientDomain.isEmpty else {
            return
        }
        learn(delivery.recipientDomain, of: provider, by: .log, at: delivery.moment)
    }

    /// A look-up told who serves a domain.
    mutating func learn(_ domain: String, of provider: Provider, by evidence: DomainEvidence, at moment: Moment) {
        guard table.domains.learn(domain, of: provider, by: evidence, at: moment) else { return }
        hasNewDomains = true
        if isPaused(provider) { hasNewRoutes = true }
    }

    /// Postfix asked for a message's way and put it off: an attempt that was saved.
    mutating func noteWait(_ delivery: Delivery, _ news: DeliveryNews) {
        if let id = news.queueID {
            notes.resolved(id, isForwarded: delivery.attribution?.isForwarded ?? false, at: news.moment)
        }
        guard let provider = news.provider, let key = listings.keys.first(where: { $0.provider == provider }) else {
            return
        }
        hasNewWaiting = true
        tell(of: key) { $0.attemptsSaved = min($0.attemptsSaved, Int.max - 1) + 1 }
    }

    /// Counts what a provider's mail took the other way.
    /// - Returns: Whether the attempt went that way, so that its host tells nothing of who serves the domain.
    mutating func wentAnotherWay(_ delivery: Delivery) -> Bool {
        guard !diversions.providers.isEmpty,
            let provider = table.domains.provider(of: delivery.recipientDomain),
            // A transport need not show in the log, but another's host does.
            diversions.carried(host: delivery.host, transport: delivery.transport, of: provider)
                || (delivery.source == .foreignHost && diversions.providers.contains(provider))
        else { return false }
        if delivery.outcome == .sent, isPaused(provider), diversions.wentAnotherWay(to: provider) { applyDiversions() }
        return true
    }

    /// Tells the clock of the queue which of the waiting messages there are.
    mutating func watchLifetimes(_ entries: [QueueEntry], isCut: Bool) {
        var present: Set<QueueID> = []
        let left = Dictionary(entries.map { ($0.id, $0.recipientCount) }) { first, _ in first }
        for provider in pausedProviders {
            for message in waiting[provider].messages {
                present.insert(message.queueID)
                clock.waits(
                    QueuedMessage(
                        queueID: message.queueID, arrival: message.arrival,
                        isNotice: message.traits.contains(.nullSender),
                        // Postfix returns a message as a whole: only where nobody else waits for it.
                        waitClass: left[message.queueID] == message.recipients.count
                            ? settings.waitClass(of: message) : nil))
            }
        }
        guard !isCut else { return }
        for message in clock.allMessages where !present.contains(message.queueID) { clock.left(message.queueID) }
    }
}
