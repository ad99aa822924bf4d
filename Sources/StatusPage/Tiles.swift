// SPDX-License-Identifier: Apache-2.0
internal import StatusModel

/// The figures at the top of the page.
struct Tiles {
    private let facts: OverviewPage.Facts

    init(_ facts: OverviewPage.Facts) {
        self.facts = facts
    }

    var markup: HTML {
        let rows = facts.history?.providers ?? []
        let range = facts.history.map { Wording.range($0.range) } ?? "not known"
        let refused = rows.reduce(0) { $0 + $1.totalDeferred + $1.totalBounced }
        let bounced = rows.reduce(0) { $0 + $1.totalBounced }
        let waiting = facts.listings.listings.reduce(0) { $0 + ($1.waiting?.messages ?? 0) }
        let limits = facts.status.limits
        let pieces = [
            tile("Accepted", Wording.count(rows.reduce(0) { $0 + $1.totalSent }), range),
            tile("Refused", Wording.count(refused), "\(Wording.count(bounced)) for good"),
            tile("Waiting", Wording.count(waiting), "for providers that list us"),
            tile("Held", Wording.count(facts.held?.count ?? limits.held), "limits: \(limits.mode)"),
            tile("Signed", Wording.count(facts.status.signing.signed), "since the start"),
        ]
        return "<section class=\"tiles\" aria-label=\"In figures\">\(pieces)</section>"
    }

    private func tile(_ name: String, _ figure: String, _ more: String) -> HTML {
        "<div><dl><dt>\(name)</dt><dd>\(figure) <small>\(more)</small></dd></dl></div>"
    }
}
