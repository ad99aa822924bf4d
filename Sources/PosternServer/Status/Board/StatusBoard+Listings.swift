// SPDX-License-Identifier: Apache-2.0
internal import Delisting
internal import Foundation
internal import Hummingbird
internal import Ledger
internal import PosternCore
internal import Replies
internal import StatusModel

extension StatusBoard {
    /// Refusals shown as evidence, at most.
    private static let mostEvidence = 20
    /// Steps of a listing's history, at most.
    private static let mostSteps = 200

    /// All that is known of one provider.
    /// - Throws: ``Refusal`` if there is no provider of that name.
    func details(of provider: String) async throws -> ListingDetails {
        let listings = listingsReport.listings.filter { $0.provider == provider }
        guard !listings.isEmpty || isKnown(provider) else {
            throw Refusal(.notFound, "no provider is called \(provider)", advice: "GET /v1/deliveries names them")
        }
        var details = ListingDetails(provider: provider, listings: listings)
        if let desk {
            let since = now - .hours(24 * 30)
            details.evidence = try await desk.ask { ledger in
                try ledger.rejections(
                    RejectionQuery(since: since, provider: Provider(provider), limit: LedgerReader.maximumLimit)
                ).filter { $0.scope == .ourAddress }.prefix(Self.mostEvidence).map { RejectionReport($0) }
            }
            if !details.evidence.isEmpty { details.delistingDraft = try await draft(for: provider, by: desk) }
            details.history = try await desk.ask { ledger in
                try ListingStep.steps(of: provider, from: ledger, since: since).prefix(Self.mostSteps).map { $0 }
            }
        }
        details.remedy = remedy(of: listings.compactMap(\.rule).first ?? details.evidence.lazy.compactMap(\.rule).first)
        return details
    }

    /// A request to be taken off a provider's list, without what only Postfix and the DNS know: see `postern delist`.
    private func draft(for provider: String, by desk: LedgerDesk) async throws -> String {
        let (configuration, now) = (configuration.value, now)
        let request = try await desk.ask { ledger in
            DelistingRequest(try DelistingFacts(of: Provider(provider), from: ledger, configuration, at: now))
        }
        return "Subject: \(request.subject)\n\n\(request.body)"
    }

    /// What can be done about what a reply rule reads.
    func remedy(of rule: String?) -> RemedyReport? {
        guard let rule, let rules = configuration.value.replies.rules,
            let name = rules.rules.first(where: { $0.name == rule })?.remedy, let remedy = rules.remedies[name]
        else { return nil }
        return RemedyReport(
            cause: remedy.cause, steps: remedy.steps, form: remedy.form, asks: remedy.asks, usualTime: remedy.usualTime)
    }

    /// Whether there is a provider of that name.
    func isKnown(_ provider: String) -> Bool {
        histories.value.values.contains { $0.providers.contains { $0.provider == provider } }
            || configuration.value.replies.rules?.providers.providers.contains(Provider(provider)) ?? false
    }
}

extension ListingStep {
    /// What the ledger's events say of themselves in their detail.
    private struct Detail: Decodable {
        var provider: String?
        var subject: String?
        var from: String?
        var to: String?
        var why: String?
        var action: String?
        var outcome: String?
    }

    /// What happened to a provider, the newest first.
    /// - Throws: ``LedgerError``.
    static func steps(of provider: String, from ledger: LedgerReader, since: Moment) throws -> [ListingStep] {
        try ledger.events(since: since, limit: LedgerReader.maximumLimit).compactMap { event in
            guard let detail = try? JSONDecoder().decode(Detail.self, from: Data(event.detail.utf8)),
                detail.provider ?? detail.subject == provider
            else { return nil }
            return ListingStep(
                at: Timestamp(event.time), from: detail.from,
                to: detail.to ?? detail.action ?? detail.outcome ?? event.kind.rawValue,
                why: detail.why, by: event.who)
        }
    }
}
