// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import StatusModel

/// Deliveries to one provider as a picture: a bar a step, with the times of its listings behind the bars.
struct DeliveryChart {
    let row: ProviderHistory
    let history: DeliveryHistory
    /// The right end of what has happened.
    let now: Moment

    /// The height of the picture in its own units; a step is 10 wide.
    private static let height = 60
    private static let stepWidth = 10

    /// The picture, with its meaning in words for who cannot see it.
    var markup: HTML {
        let steps = row.sent.count
        let width = steps * Self.stepWidth
        return """
            <svg class="chart" viewBox="0 0 \(width) \(Self.height)" preserveAspectRatio="none" role="img" \
            aria-label="\(summary)" focusable="false">\(bands(width))\
            <path class="axis" d="M0 \(Self.height)H\(width)"/>\
            <path class="sent" d="\(bars(row.sent, above: []))"/>\
            <path class="deferred" d="\(bars(row.deferred, above: [row.sent]))"/>\
            <path class="bounced" d="\(bars(row.bounced, above: [row.sent, row.deferred]))"/></svg>
            """
    }

    /// What the picture shows, in a sentence or two.
    var summary: String {
        let name = row.provider ?? "other hosts"
        var text =
            "\(name), \(Wording.range(history.range)): \(Wording.count(row.totalSent)) accepted, "
            + "\(Wording.count(row.totalDeferred)) deferred, \(Wording.count(row.totalBounced)) bounced."
        for span in spans {
            let end = span.until.map { "until \(Wording.clock($0))" } ?? "and still"
            text += " \(span.state.capitalizedFirst) from \(Wording.clock(span.from)) \(end)."
        }
        return text
    }

    /// The most in one step.
    var peak: Int {
        row.sent.indices.map { row.sent[$0] + row.deferred[$0] + row.bounced[$0] }.max() ?? 0
    }

    /// The times of this provider's listings.
    var spans: [ListingSpan] { history.spans.filter { $0.provider == row.provider } }

    /// One closed outline for each bar, all in one path.
    private func bars(_ values: [Int], above others: [[Int]]) -> String {
        let scale = Double(Self.height - 2) / Double(max(1, peak))
        var path = ""
        for (step, value) in values.enumerated() where value > 0 {
            let below = others.reduce(0) { $0 + ($1.indices.contains(step) ? $1[step] : 0) }
            let bottom = Self.height - Int((Double(below) * scale).rounded())
            let top = Self.height - Int((Double(below + value) * scale).rounded())
            // A single bounce among thousands must still be seen.
            let height = max(1, bottom - top)
            path += "M\(step * Self.stepWidth + 1) \(bottom)v-\(height)h\(Self.stepWidth - 2)v\(height)z"
        }
        return path
    }

    private func bands(_ width: Int) -> [HTML] {
        let start = history.start.moment.milliseconds
        let length = Double(max(1, history.step)) * 1000 * Double(max(1, row.sent.count))
        func place(_ moment: Moment) -> Int {
            let share = Double(moment.milliseconds &- start) / length
            return Int((min(max(share, 0), 1) * Double(width)).rounded())
        }
        return spans.map { span in
            let left = place(span.from.moment)
            let right = max(left + 2, place(span.until?.moment ?? now))
            let kind: HTML = span.state == "slowed" || span.state == "reopening" ? "band slow" : "band"
            return """
                <rect class="\(kind)" x="\(left)" y="0" width="\(right - left)" height="\(Self.height)"/>
                """
        }
    }
}

extension String {
    /// With the first letter large.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
