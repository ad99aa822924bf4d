// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies

/// Counts what a replay reads.
struct ReplayTallies: Sendable {
    private static let maximumSenders = 100_000
    private static let reportedSenders = 50

    private var first: Moment?
    private var last: Moment?
    private var providers: [Provider?: ProviderTally] = [:]
    private var refusals = RefusalTallies()
    private var listings = ListingTimeline()
    private var senders: [Sender: OutcomeCounts] = [:]
    private var unlistedSenderDeliveries = 0
    private var attempts = 0
    private var forwarded = 0
    private var bouncedByListing = 0

    /// A line of Postfix was read.
    mutating func heard(at moment: Moment) {
        first = min(first ?? moment, moment)
        last = max(last ?? moment, moment)
    }

    /// An attempt was read.
    mutating func count(_ delivery: Delivery) {
        countForSender(delivery)
        switch delivery.source {
        case .untrusted, .ourPause: return
        case .postfix where delivery.isSuspended || delivery.outcome == .sent: return
        case .foreignHost where delivery.isHandedOn: return
        case .postfix, .provider, .foreignHost: break
        }
        attempts += 1
        if delivery.attribution?.isForwarded == true { forwarded += 1 }
        providers[delivery.provider, default: ProviderTally()].count(delivery)
        if delivery.outcome != .sent { refusals.count(delivery) }
        guard delivery.doubt == nil else { return }
        if delivery.outcome == .bounced { bouncedByListing += 1 }
        listings.count(delivery)
    }

    private mutating func countForSender(_ delivery: Delivery) {
        guard let sender = delivery.attribution?.sender, let kind = delivery.attribution?.counted else { return }
        guard senders[sender] != nil || senders.count < Self.maximumSenders else {
            unlistedSenderDeliveries += 1
            return
        }
        senders[sender, default: OutcomeCounts()].count(kind)
    }

    /// All counts, put in order.
    func report(
        lines: Int, foreign: Int, malformed: Int, bursts: BurstReplay, story: ListingStory
    ) -> ReplayReport {
        ReplayReport(
            first: first, last: last, lines: lines, foreign: foreign, malformed: malformed,
            providers: providerSummaries,
            refusals: refusals.summaries, unlistedRefusals: refusals.unlisted, listings: listings.episodes,
            unlistedEpisodes: listings.unlisted, steps: story.steps, unlistedSteps: story.unlisted,
            bouncedByListing: bouncedByListing, senders: senderSummaries,
            unlistedSenderDeliveries: unlistedSenderDeliveries, attempts: attempts, forwarded: forwarded,
            bursts: bursts.report { senders[$0]?.showsAbuse ?? false })
    }

    private var providerSummaries: [ProviderSummary] {
        providers.map { $0.value.summary(of: $0.key) }.sorted {
            ($1.total, $0.provider ?? "~") < ($0.total, $1.provider ?? "~")
        }
    }

    private var senderSummaries: [SenderSummary] {
        senders.map { SenderSummary($0.key, $0.value) }
            .sorted { ($1.refused, $1.accepted, $0.sender) < ($0.refused, $0.accepted, $1.sender) }
            .prefix(Self.reportedSenders).map { $0 }
    }
}

extension ProviderSummary {
    fileprivate var total: Int { sent + deferred + bounced }
}

extension SenderSummary {
    fileprivate init(_ sender: Sender, _ counts: OutcomeCounts) {
        self.init(
            sender: sender.name, accepted: counts[.accepted], deferred: counts[.deferred],
            unknownUser: counts[.unknownUser], spamRefusal: counts[.spamRefusal], block: counts[.block],
            failed: counts[.failed])
    }

    fileprivate var refused: UInt64 { [unknownUser, spamRefusal, block, failed].reduce(0) { $0 + UInt64($1) } }
}
