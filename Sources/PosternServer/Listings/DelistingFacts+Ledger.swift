// SPDX-License-Identifier: Apache-2.0
public import Delisting
public import Ledger
public import PosternCore
internal import Replies

extension DelistingFacts {
    /// Days of deliveries that are told.
    private static let toldDays = 14
    /// How far back a listing may have begun, or an earlier one be remembered.
    private static let longest = Duration.hours(24 * 365)
    /// How long before a listing opens the refusals come that open it.
    private static let precursors = Duration.minutes(10)
    /// How far back refusals are counted where no listing is known of.
    private static let recent = Duration.hours(24 * 30)

    /// What the ledger and the configuration know for a request to a provider.
    public init(
        of provider: Provider, from ledger: LedgerReader, _ configuration: Configuration, at now: Moment
    ) throws(LedgerError) {
        let rules = configuration.replies.rules
        self.init(provider: provider, title: rules?.providers.title(of: provider) ?? provider.name)
        let course = ListingCourse(
            of: provider,
            in: try ledger.events(
                since: now - Self.longest, limit: LedgerReader.maximumLimit))
        earlier = course.earlier
        requestedAt = course.requestedAt
        signingDomains = configuration.domains.map(\.plan.name)
        if configuration.modes.listings == .enforce { pausedSince = course.opening?.listedAt }
        // The refusals that opened a listing came before it did.
        let began = course.opening.map { $0.at - Self.precursors }
        let kinds = try ledger.rejections(
            RejectionQuery(since: began ?? now - Self.recent, provider: provider, limit: LedgerReader.maximumLimit)
        ).filter { $0.scope == .ourAddress && [.ipBlock, .ipThrottle, .reputation].contains($0.replyClass) }
        // A block is what there is to ask about; where there is none, what slows us down.
        let blocks = kinds.filter { $0.replyClass == .ipBlock }
        let refusals = blocks.isEmpty ? kinds : blocks
        take(refusals, began: began)
        if let opening = course.opening, let queueID = opening.queueID {
            let attempt = try Self.attempt(in: ledger, of: queueID, at: provider)
            // The log's own time, where it is remembered: the listing opened a moment after it was read.
            let at = attempt?.time ?? min(opening.at, last?.at ?? opening.at)
            first = Sighting(at: at, reply: attempt?.reply ?? first?.reply)
        }
        let rule = refusals.lazy.compactMap(\.rule).first ?? course.opening?.rule
        remedy = rule.flatMap { name in rules?.rules.first { $0.name == name }?.remedy }.flatMap { rules?.remedies[$0] }
        code = code ?? course.opening?.token
        days = try Self.byDay(of: provider, in: ledger, at: now)
        if provider.name.hasPrefix("microsoft-") { ratings = try Self.ratings(of: addresses, in: ledger, at: now) }
        if let first { culprit = try Self.culprit(in: ledger, before: first.at, until: now) }
    }

    private mutating func take(_ refusals: [Rejection], began: Moment?) {
        self.refusals = refusals.reduce(0) { $0.addingReportingOverflow($1.count).partialValue }
        guard let newest = refusals.first else { return }
        last = Sighting(at: newest.last, reply: newest.sample)
        code = newest.token ?? newest.status?.description
        recipientDomain = newest.recipientDomain.isEmpty ? nil : newest.recipientDomain.lowercased()
        if let oldest = refusals.min(by: { $0.first < $1.first }) {
            // Of a kind only the newest reply is kept in full.
            first = Sighting(
                at: max(oldest.first, began ?? oldest.first), reply: oldest.total == 1 ? oldest.sample : nil)
        }
        var seen: [ClientAddress] = []
        for text in refusals.compactMap(\.listedAddress) {
            if let address = ClientAddress(parsing: text), !seen.contains(address) { seen.append(address) }
        }
        addresses = seen.prefix(8).map { SendingAddress($0) }
    }

    /// The attempt by which a message of that name was refused, if it is remembered.
    private static func attempt(
        in ledger: LedgerReader, of queueID: String, at provider: Provider
    ) throws(LedgerError) -> StoredAttempt? {
        try ledger.attempts(queueID: queueID).first {
            $0.provider == provider.name && !$0.waitsForListing && $0.replyClass != nil
        }
    }

    private static func byDay(
        of provider: Provider, in ledger: LedgerReader, at now: Moment
    ) throws(LedgerError) -> [ProviderDay] {
        try ledger.history(by: .day, since: now - .hours(24 * (toldDays - 1))).filter { $0.provider == provider }.map {
            ProviderDay(
                start: $0.start, accepted: $0.sent,
                refused: $0.deferred.addingReportingOverflow($0.bounced).partialValue)
        }
    }

    /// What SNDS told last of each address, within a week.
    private static func ratings(
        of addresses: [SendingAddress], in ledger: LedgerReader, at now: Moment
    ) throws(LedgerError) -> [Rating] {
        let days = try ledger.addressDays(since: now - .hours(24 * 7))
        return addresses.compactMap { address in
            days.first { $0.address == address.address }.map {
                Rating(address: $0.address, day: $0.day, colour: $0.colour.rawValue, traps: $0.traps)
            }
        }
    }

    private static func culprit(
        in ledger: LedgerReader, before first: Moment, until now: Moment
    ) throws(LedgerError) -> Culprit? {
        let senders = try ledger.senders(
            SenderQuery(since: first - .hours(24), until: first, order: .excess, limit: 200))
        guard
            var culprit = Culprit.standingOut(
                among: senders.map { Culprit(sender: $0.sender, recipients: $0.volume, usual: $0.usual) })
        else { return nil }
        let since = try ledger.senders(SenderQuery(since: first, until: now, sender: culprit.sender, limit: 1))
        culprit.stopped = since.first.map { $0.held.addingReportingOverflow($0.refused).partialValue } ?? 0
        return culprit
    }
}
