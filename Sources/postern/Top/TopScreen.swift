// SPDX-License-Identifier: Apache-2.0
internal import StatusModel

/// The lines that `top` shows, for a screen of any size.
struct TopScreen {
    private let facts: TopFacts
    private let problem: String?

    init(_ facts: TopFacts, problem: String?) {
        self.facts = facts
        self.problem = problem
    }

    /// At most `height` lines, each of at most `width` columns but for the sequences that colour it.
    func lines(width: Int, height: Int) -> [String] {
        let all = head(width) + listings(width) + [""] + deliveries(width)
        guard all.count > height else { return all }
        return all.prefix(max(0, height - 1)) + [
            Terminal.styled(cut("… \(all.count - height + 1) more lines", width), .dim)
        ]
    }

    private func head(_ width: Int) -> [String] {
        let status = facts.status
        var lines = [
            Terminal.styled(cut("\(status.version)  up \(span(status.uptime))", width), .bold)
        ]
        if let problem { lines.append(Terminal.styled(cut(problem, width), .red)) }
        if let since = status.mailLog?.blindSince {
            lines.append(Terminal.styled(cut("the mail log tells nothing since \(since)", width), .red))
        }
        let limits = status.limits
        lines.append(cut("signing   \(status.signing.mode): \(status.signing.signed) signed", width))
        lines.append(
            cut(
                "limits    \(limits.mode): \(limits.held) held, \(limits.refusedMessages + limits.refusedRecipients) "
                    + "refused, \(limits.observed) over one that only observes", width))
        return lines
    }

    private func listings(_ width: Int) -> [String] {
        let open = facts.listings.listings.filter(\.isOpen)
        let mode = "listings  \(facts.listings.mode)"
        if facts.listings.mode == "off" { return [cut(mode, width)] }
        guard !open.isEmpty else { return [cut(mode + ": every provider takes our mail", width)] }
        return [cut(mode, width)]
            + open.map { listing in
                let code = listing.code.map { " \($0)" } ?? ""
                let since = listing.since.map { " since \($0)" } ?? ""
                let waiting = listing.waiting.map { ", \($0.messages) wait" } ?? ""
                let state = listing.pausedBy.map { "paused by \($0)" } ?? listing.state
                return Terminal.styled(
                    cut("          \(listing.provider): \(state)\(code)\(waiting)\(since)", width), .red)
            }
    }

    private func deliveries(_ width: Int) -> [String] {
        guard let history = facts.history else { return [cut("deliveries are not kept: there is no ledger", width)] }
        guard !history.providers.isEmpty else { return [cut("nothing was delivered in the last hour", width)] }
        let names = history.providers.map { $0.provider ?? "other hosts" }
        let nameWidth = min(24, max(8, names.map(\.count).max() ?? 8))
        let figures = 27
        let room = max(0, min(60, width - nameWidth - figures - 2))
        let header =
            pad("provider", nameWidth) + left("accepted", 9) + left("deferred", 9) + left("bounced", 9)
            + (room > 7 ? "  last hour" : "")
        let rows = zip(names, history.providers).map { name, row in
            let each = row.sent.indices.map { row.sent[$0] + row.deferred[$0] + row.bounced[$0] }
            return cut(
                pad(name, nameWidth) + left("\(row.totalSent)", 9) + left("\(row.totalDeferred)", 9)
                    + left("\(row.totalBounced)", 9) + "  " + Sparkline.text(each, width: room), width)
        }
        return [Terminal.styled(cut(header, width), .bold)] + rows
    }

    private func span(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
        }
    }

    private func cut(_ text: String, _ width: Int) -> String { String(Terminal.harmless(text).prefix(max(0, width))) }

    private func pad(_ text: String, _ width: Int) -> String {
        let text = text.prefix(width)
        return text + String(repeating: " ", count: width - text.count)
    }

    private func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
