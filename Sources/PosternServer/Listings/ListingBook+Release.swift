// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

extension ListingBook {
    /// Chooses the probes that are wanted among what the queue showed.
    mutating func answerWishes(at now: Moment) -> [ListingTask] {
        var tasks: [ListingTask] = []
        for (key, wish) in wishes.sorted(by: { $0.key < $1.key }) {
            // Where nothing is kept from going, ordinary mail shows what a probe would.
            let choice =
                isEnforcing
                ? ProbeChooser().probe(among: waiting[key.provider].messages, wish: wish, at: now) : nil
            if let choice {
                tasks += probeChosen(choice, for: key, at: now)
            } else {
                wishes[key] = nil
                tasks += nothingWaiting(for: key, at: now)
            }
        }
        return tasks
    }

    /// Lets out what the budgets allow, and has tried what is left over of a provider that flows again.
    mutating func release(at now: Moment) -> [ListingTask] {
        guard isEnforcing else { return [] }
        var tasks: [ListingTask] = []
        for provider in pausedProviders where canRelease(provider, at: now) {
            for message in ProbeChooser().releaseOrder(of: waiting[provider].messages, at: now) {
                guard release(message, to: provider, at: now) else { break }
                tasks.append(.deliver(message.queueID))
            }
        }
        return tasks + tryLeftovers()
    }

    /// The log told of a message: what was let out for it is over.
    mutating func ended(_ id: QueueID, _ news: DeliveryNews) {
        guard news.transport != settings.listing.probeTransport, let pass = passes[id] else { return }
        // Each recipient has a line of its own; the others of the message may still be on their way.
        let rest = pass.addresses.filter { RouteKey.domain(ofAddress: $0) != news.recipientDomain }
        for address in pass.addresses where !rest.contains(address) { table.withdraw(address) }
        passes[id] = rest.isEmpty ? nil : Pass(addresses: rest, until: pass.until)
        hasNewRoutes = true
    }

    private mutating func release(_ message: WaitingMessage, to provider: Provider, at now: Moment) -> Bool {
        guard takeRelease(of: message.queueID, to: provider, at: now) else { return false }
        leftQueue(message.queueID, of: provider)
        let until = now + Self.passLease
        for recipient in message.recipients { _ = table.letThrough(recipient, by: .usual, until: until) }
        passes[message.queueID] = Pass(addresses: message.recipients, until: until)
        hasNewRoutes = true
        return true
    }

    /// Has some of the mail tried at once that Postfix would leave alone until its next turn, an hour ahead perhaps.
    private mutating func tryLeftovers() -> [ListingTask] {
        var tasks: [ListingTask] = []
        for (provider, ids) in leftovers {
            // Called about once a second.
            let perSecond = max(1, settings.listing.usualRate(of: provider) / 60)
            tasks += ids.prefix(perSecond).map { .deliver($0) }
            let rest = Array(ids.dropFirst(perSecond))
            leftovers[provider] = rest.isEmpty ? nil : rest
        }
        return tasks
    }

    /// As long as the budget waits for the log to tell of it.
    private static let passLease = Duration.minutes(15)
}
