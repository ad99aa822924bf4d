// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import StatusModel

/// The page at `/`: how the mail goes, and what is in its way.
public struct OverviewPage: Sendable {
    /// What the page shows.
    public struct Facts: Sendable {
        /// How the daemon is.
        public var status: StatusReport
        /// How providers take our mail.
        public var listings: ListingsReport
        /// Deliveries over the time shown; `nil` where they are not known.
        public var history: DeliveryHistory?
        /// The senders with the most deliveries; `nil` where they are not known.
        public var senders: SendersReport?
        /// What was refused lately.
        public var rejections: [RejectionReport]
        /// What is held; `nil` where nothing is.
        public var held: HeldReport?
        /// The moment that is called now.
        public var now: Moment

        /// Facts of their parts.
        public init(
            status: StatusReport, listings: ListingsReport, history: DeliveryHistory? = nil,
            senders: SendersReport? = nil, rejections: [RejectionReport] = [], held: HeldReport? = nil, now: Moment
        ) {
            self.status = status
            self.listings = listings
            self.history = history
            self.senders = senders
            self.rejections = rejections
            self.held = held
            self.now = now
        }
    }

    private let facts: Facts
    private let range: HistoryRange

    /// The ranges that the page offers.
    public static let ranges: [HistoryRange] = [.day, .week, .month]

    /// A page of these facts.
    public init(_ facts: Facts, range: HistoryRange = .day) {
        self.facts = facts
        self.range = range
    }

    /// The page; `nonce` must be new and unguessable for each.
    public func page(nonce: String) -> PageFrame.Page {
        let links: [HTML] = Self.ranges.map { choice in
            let isCurrent: HTML = choice == range ? " aria-current=\"page\"" : ""
            return "<a href=\"/?range=\(choice.rawValue)\"\(isCurrent)>\(Wording.range(choice).capitalizedFirst)</a>"
        }
        return PageFrame(
            title: headline, navigation: HTML(links), main: main, version: facts.status.version
        ).page(nonce: nonce)
    }

    /// The state of things in a sentence.
    var headline: String {
        let open = facts.listings.listings.filter(\.isOpen).map(\.provider)
        let names = Array(Set(open)).sorted()
        if facts.status.mailLog?.blindSince != nil { return "The mail log tells nothing" }
        switch names.count {
        case 0: return "Mail flows"
        case 1: return "Mail for \(names[0]) waits"
        default: return "Mail for \(names.count) providers waits"
        }
    }

    private var main: HTML {
        """
        <h1>\(headline)</h1>\(warnings)\(Tiles(facts).markup)\(listings)\
        \(DeliveriesSection(facts: facts, range: range).markup)\(WaitingSection(facts: facts).markup)\
        \(SendersSection(senders: facts.senders).markup)\
        \(RefusalsSection(rejections: facts.rejections, now: facts.now).markup)
        """
    }

    private var warnings: HTML {
        guard let since = facts.status.mailLog?.blindSince else { return .none }
        return """
            <p class="note"><strong>Blind since \(Wording.clock(since)).</strong> The mail log cannot be read or tells nothing, \
            so no new listing is noticed; see mail-log.source.</p>
            """
    }

    private var listings: HTML {
        let open = facts.listings.listings.filter(\.isOpen)
        guard !open.isEmpty else { return .none }
        let rows: [HTML] = open.map { listing in
            """
            <li><div class="head"><h3><a id="listing-\(listing.provider)-\(listing.family)" \
            href="/listings/\(segment: listing.provider)">\(listing.provider)</a></h3>\
            <span class="badge bad">\(listing.pausedBy == nil ? listing.state : "paused by hand")</span></div>\
            <p>\(ListingSentence(listing, at: facts.now).text)</p></li>
            """
        }
        return """
            <section aria-labelledby="h-listings"><h2 id="h-listings">Providers that do not take our mail</h2>\
            <ul class="rows">\(rows)</ul></section>
            """
    }
}
