// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies

/// Plays the listings over an old log, as the daemon heard it.
///
/// A probe shows in the log by the transport that carried it. What else people ordered does not show, nor that the log
/// could not be read for a while. Where no Postern ran, mail did not wait, and the next message that the provider took
/// is the probe.
struct ListingStory: Sendable {
    private static let capacity = 1000
    /// As long as the lines of one attempt, which has one for each recipient, may lie apart.
    private static let attempt = Duration.seconds(10)
    /// Stamps are often cut to the second: what they seem to be too early by.
    private static let grain = Duration.milliseconds(999)

    private struct Met: Hashable {
        var queueID: QueueID
        var moment: Moment
    }

    private var listings: Listings
    private var domains: ProviderDomains
    private var clock = Moment(milliseconds: .min)
    /// The probe that each listing's was last.
    private var met: [ListingKey: Met] = [:]
    /// What the listings came to, in order.
    private(set) var steps: [ReplayedStep] = []
    /// Steps for which there was no room.
    private(set) var unlisted = 0

    init(settings: ListingSettings, providers: ProviderTable) {
        listings = Listings(settings: settings)
        domains = ProviderDomains(shipped: providers.hints)
    }

    /// Hears of an attempt, and first of the time that passed.
    mutating func heard(_ delivery: Delivery) {
        var news = delivery.news
        if delivery.source == .provider, let provider = delivery.provider {
            domains.learn(news.recipientDomain, of: provider, by: .log, at: news.moment)
        }
        if news.source == .ourPause { news.provider = domains.provider(of: news.recipientDomain) }
        // Nothing happens in a listing that there is none of, and most logs have none.
        if !listings.keys.isEmpty {
            passTime(to: news.moment)
            if news.transport == listings.settings.probeTransport, news.source != .ourPause {
                meetProbe(news, to: delivery.recipient)
            }
        }
        perform(listings.heard(news))
    }

    /// Lets happen what was due, each at its own time.
    private mutating func passTime(to moment: Moment) {
        while let due = listings.nextWakeUp, due <= moment, due > clock {
            clock = due
            // Whoever chooses would have found nothing waiting: the log shows no probe.
            for key in listings.keys {
                guard case .probing(_, .choosing(let until), _) = listings[key]?.state, until <= due else { continue }
                perform(listings.nothingWaiting(for: key, at: until - .milliseconds(1)))
            }
            perform(listings.clockReached(due))
        }
        clock = max(clock, moment)
        perform(listings.clockReached(clock))
    }

    /// The probe's transport carried a message: it had been chosen as one.
    private mutating func meetProbe(_ news: DeliveryNews, to recipient: String) {
        guard let id = news.queueID, let provider = news.provider ?? domains.provider(of: news.recipientDomain) else {
            return
        }
        for key in listings.keys where key.provider == provider {
            if let met = met[key], met.queueID == id, news.moment.since(met.moment) < Self.attempt { continue }
            var moment = news.moment
            if case .listed = listings[key]?.state {
                moment = moment + Self.grain
                perform(listings.clockReached(moment))
            }
            switch listings[key]?.state {
            case nil, .clear, .slowed, .reopening, .probing(_, .letThrough, _): continue
            case .probing(_, .choosing, _): break
            case .listed, .probing: perform(listings.ordered(.probe, for: provider, by: "log", at: moment))
            }
            met[key] = Met(queueID: id, moment: news.moment)
            let probe = Probe(queueID: id, recipient: recipient, domain: news.recipientDomain)
            perform(listings.probeChosen(probe, for: key, at: moment))
        }
    }

    private mutating func perform(_ orders: [ListingOrder]) {
        for order in orders {
            guard case .record(let record) = order.effect, let step = ReplayedStep(record, of: order.key) else {
                continue
            }
            if steps.count < Self.capacity { steps.append(step) } else { unlisted += 1 }
        }
    }
}
