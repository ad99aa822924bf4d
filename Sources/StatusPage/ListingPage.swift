// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import StatusModel

/// A provider's own page: how it takes our mail, what happened, the evidence and what can be done.
public struct ListingPage: Sendable {
    private let details: ListingDetails
    private let version: String
    private let now: Moment

    /// A page of one provider.
    public init(_ details: ListingDetails, version: String, now: Moment) {
        self.details = details
        self.version = version
        self.now = now
    }

    /// The page; `nonce` must be new and unguessable for each.
    public func page(nonce: String) -> PageFrame.Page {
        PageFrame(
            title: details.provider, navigation: "<a href=\"/\">Overview</a>", main: main, version: version
        ).page(nonce: nonce)
    }

    private var main: HTML {
        """
        <h1>\(details.provider)</h1>\(state)\(remedy)\(draft)\(history)\
        \(RefusalsSection(rejections: details.evidence, now: now, title: "Evidence: refusals because of our address").markup)
        """
    }

    private var state: HTML {
        guard !details.listings.isEmpty else {
            return
                "<section aria-labelledby=\"h-state\"><h2 id=\"h-state\">State</h2><p>It takes our mail.</p></section>"
        }
        let parts: [HTML] = details.listings.map { listing in
            """
            <h3>\(listing.family == "v6" ? "Our IPv6 address" : "Our IPv4 address") <span class="\(badge(listing))">\
            \(listing.pausedBy == nil ? listing.state : "paused by hand")</span></h3>\
            <p>\(ListingSentence(listing, at: now).text)</p><dl class="facts">\(facts(of: listing))</dl>
            """
        }
        return "<section aria-labelledby=\"h-state\"><h2 id=\"h-state\">State</h2>\(parts)</section>"
    }

    private func badge(_ listing: ListingReport) -> HTML { listing.isOpen ? "badge bad" : "badge" }

    private func facts(of listing: ListingReport) -> [HTML] {
        var facts: [HTML] = []
        func add(_ name: String, _ value: HTML?) {
            if let value { facts.append("<dt>\(name)</dt><dd>\(value)</dd>") }
        }
        add("Since", listing.since.map { Wording.ago($0, at: now) })
        add("Next probe", listing.probeAt.map { Wording.ahead($0, at: now) })
        add("Last refusal", listing.lastRefusal.map { Wording.ago($0, at: now) })
        add("Waiting", listing.waiting.map { "\(Wording.counted($0.messages, "message", "messages"))" })
        add("First given back", listing.waiting?.firstExpiry.map { Wording.ahead($0, at: now) })
        add("Queue shows", listing.pauseText.map { "\($0)" })
        add("Asked to be taken off", listing.delistingRequestedAt.map { Wording.ago($0, at: now) })
        return facts
    }

    private var remedy: HTML {
        guard let remedy = details.remedy else { return .none }
        let steps: [HTML] = remedy.steps.map { "<li>\($0)</li>" }
        let form: HTML = remedy.form.map { "<p>Turn to: \(link($0))</p>" } ?? .none
        let asks: [HTML] = remedy.asks.map { "<li>\($0)</li>" }
        let wanted: HTML = asks.isEmpty ? .none : "<p>It will ask for:</p><ul>\(asks)</ul>"
        let time: HTML = remedy.usualTime.map { "<p class=\"soft\">Usual time: \($0)</p>" } ?? .none
        return """
            <section aria-labelledby="h-remedy"><h2 id="h-remedy">What to do</h2><p>\(remedy.cause)</p>\
            <ol>\(steps)</ol>\(form)\(wanted)\(time)</section>
            """
    }

    /// A web address as a link; anything else as text.
    private func link(_ text: String) -> HTML {
        guard text.hasPrefix("https://") else { return "\(text)" }
        return "<a href=\"\(text)\" rel=\"noreferrer noopener\">\(text)</a>"
    }

    private var draft: HTML {
        guard let draft = details.delistingDraft else { return .none }
        return """
            <section aria-labelledby="h-draft"><h2 id="h-draft">A request, ready to be sent</h2><pre>\(draft)</pre>\
            <p class="soft">With PTR and HELO, where to turn, and what to answer to a no: \
            <code>postern delist \(details.provider)</code></p></section>
            """
    }

    private var history: HTML {
        let steps: [HTML] = details.history.map { step in
            let from = step.from.map { "\($0) → " } ?? ""
            let why = step.why.map { " (\($0))" } ?? ""
            let who = step.by.map { " by \($0)" } ?? ""
            return """
                <li><time datetime="\(step.at.description)">\(Wording.clock(step.at))</time>: \(from)\(step.to)\(why)\(who)</li>
                """
        }
        let content: HTML =
            steps.isEmpty
            ? "<p class=\"soft\">Nothing happened in the last 30 days.</p>" : "<ol class=\"timeline\">\(steps)</ol>"
        return "<section aria-labelledby=\"h-history\"><h2 id=\"h-history\">What happened</h2>\(content)</section>"
    }
}
