// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import PosternCore
internal import StatusModel

extension ListingBook {
    /// What the status service tells of it.
    var news: ListingsNews {
        var counts: [String: WaitingReport] = [:]
        for (provider, heap) in waiting.heaps where !heap.messages.isEmpty {
            let expiry = heap.messages.lazy.compactMap { clock.expiry(of: $0.queueID) }.min()
            counts[provider.name] = WaitingReport(
                messages: heap.messages.count, oldest: heap.oldest.map(Timestamp.init),
                firstExpiry: (expiry ?? heap.oldest.map { $0 + clock.lifetimes.message }).map(Timestamp.init))
        }
        let outcomes = ProbeOutcome.allCases.map { ($0.rawValue, probes[$0] ?? 0) }
        return ListingsNews(
            snapshot: listings.snapshot, waiting: counts, probes: Dictionary(uniqueKeysWithValues: outcomes))
    }
}

/// Orders for the listings.
struct ListingActions: ActionHandler {
    let desk: ListingDesk
    /// The providers that the rules know.
    let isKnown: @Sendable (Provider) -> Bool

    /// The listings keep each order among their own steps.
    var auditsItself: Bool { true }

    func perform(_ action: StatusAction, by user: String) async throws -> ActionReport? {
        let (order, name): (ManualAction, String)
        switch action {
        case .pause(let provider, let until): (order, name) = (.pause(until: until), provider)
        case .resume(let provider): (order, name) = (.resume, provider)
        case .probe(let provider): (order, name) = (.probe, provider)
        case .delistingRequested(let provider): (order, name) = (.delistingRequested, provider)
        case .freeMessage, .freeSender, .reload: return nil
        }
        let provider = Provider(name)
        guard isKnown(provider) else {
            throw Refusal(.notFound, "no provider is called \(name)", advice: "postern listings names them")
        }
        if order != .delistingRequested, let obstacle = desk.obstacle {
            throw Refusal(.conflict, "no mail is kept: \(obstacle)", advice: "postern enforce listings has it kept")
        }
        let isApplied = desk.order(order, for: provider, by: user)
        return ActionReport(
            applied: isApplied, message: isApplied ? "\(order.word) \(name)" : "nothing to \(order.word) there")
    }
}
