// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import StatusModel

/// Deliveries by provider over time.
struct DeliveriesSection {
    let facts: OverviewPage.Facts
    let range: HistoryRange

    /// Providers with a picture of their own, at most; the rest is one row.
    private static let mostCharts = 12

    var markup: HTML {
        guard let history = facts.history, !history.providers.isEmpty else {
            return section("<p class=\"soft\">Nothing was delivered in the \(Wording.range(range)).</p>")
        }
        let charts: [HTML] = history.providers.prefix(Self.mostCharts).map { row in
            chart(DeliveryChart(row: row, history: history, now: facts.now))
        }
        let rest = history.providers.count - charts.count
        let more: HTML =
            rest > 0 ? "<p class=\"soft\">And \(Wording.counted(rest, "provider", "providers")) more.</p>" : ""
        return section("\(key)<ul class=\"rows\">\(charts)</ul>\(more)")
    }

    private func section(_ content: HTML) -> HTML {
        """
        <section aria-labelledby="h-deliveries"><h2 id="h-deliveries">Deliveries by provider, \(Wording.range(range))</h2>\
        \(content)</section>
        """
    }

    private func chart(_ chart: DeliveryChart) -> HTML {
        let row = chart.row
        let name: HTML =
            row.provider.map {
                "<a id=\"provider-\($0)\" href=\"/listings/\(segment: $0)\">\($0)</a>"
            } ?? "other hosts"
        let refused = row.totalDeferred + row.totalBounced
        return """
            <li><div class="head"><h3>\(name)</h3><span class="figures">\(Wording.count(row.totalSent)) accepted, \
            \(Wording.count(refused)) refused</span></div>\(chart.markup)\
            <div class="ends"><span>\(Wording.span(range.length)) ago</span>\
            <span>most in \(Wording.span(range.step)): \(Wording.count(chart.peak))</span><span>now</span></div></li>
            """
    }

    private var key: HTML {
        let kinds: [(HTML, String)] = [
            ("sent", "accepted"), ("deferred", "deferred"), ("bounced", "bounced"),
            ("band", "mail kept: listed or paused"),
            ("band slow", "let out slowly"),
        ]
        let items: [HTML] = kinds.map { kind, text in
            """
            <li><svg viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="\(kind)" width="10" height="10"/>\
            </svg>\(text)</li>
            """
        }
        return "<ul class=\"key\" aria-label=\"Colours\">\(items)</ul>"
    }
}
