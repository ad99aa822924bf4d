// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MailLog
internal import PosternCore

/// A replay's report as a person reads it.
struct ReplayText {
    private let report: ReplayReport
    private let columns: Int?

    init(_ report: ReplayReport, columns: Int? = ExplainText.columns) {
        self.report = report
        self.columns = columns
    }

    /// The whole report.
    var text: String {
        guard let first = report.first, let last = report.last else {
            return "\(report.lines) lines, none of them Postfix's"
        }
        let damaged = report.malformed == 0 ? "" : ", \(report.malformed) not of a form that Postfix writes"
        let head = "\(report.lines) lines from \(Self.date(first)) to \(Self.date(last))\(damaged)"
        return ([head, kept] + [bursts, providers, listings, story, refusals, senders, stopped].compactMap { $0 })
            .joined(
                separator: "\n\n")
    }

    private var kept: String {
        let share = report.attempts == 0 ? "" : " (\(Int(report.forwardedShare * 100)) %)"
        let forwarded = "\(report.forwarded) of \(report.attempts) attempts were for forwarded mail\(share)."
        let episodes = report.listings.count + report.unlistedEpisodes
        guard episodes > 0 else {
            return Terminal.styled("No provider listed our address.", .green) + " " + forwarded
        }
        let bounced =
            report.bouncedByListing == 0
            ? "No mail bounced for it."
            : Terminal.styled("\(report.bouncedByListing) bounced for it that would have been kept.", .red)
        let times = episodes == 1 ? "once" : "\(episodes) times"
        return "Our address was refused or slowed down \(times). \(bounced) \(forwarded)"
    }

    private var bursts: String? {
        let bursts = report.bursts
        guard bursts.submissions > 0 else { return nil }
        let head = "\(bursts.submissions) messages to \(bursts.recipients) recipients were submitted."
        guard bursts.stoppedMessages > 0 else { return head + " The limits would have stopped none of them." }
        let innocent =
            bursts.innocent.isEmpty
            ? Terminal.styled("All of these senders show signs of abuse.", .green)
            : Terminal.styled("\(bursts.innocent.count) of them show no sign of abuse", .yellow) + ": "
                + bursts.innocent.prefix(10).map(Terminal.harmless).joined(separator: ", ")
                + ". postern limits suggest proposes limits for them."
        return head + " The limits would have stopped \(bursts.stoppedMessages) messages to "
            + "\(bursts.stoppedRecipients) recipients, of \(bursts.senders) senders. " + innocent
    }

    private var stopped: String? {
        let rows = report.bursts.episodes.suffix(20).map { episode in
            [
                Self.date(episode.first), Self.date(episode.last), episode.sender, String(episode.messages),
                String(episode.recipients), String(episode.passedBefore), episode.rate,
                episode.looksInnocent ? episode.over : episode.over + ", signs of abuse",
            ]
        }
        return table(["over from", "to", "sender", "messages", "recipients", "passed before", "rate", "action"], rows)
    }

    private var providers: String? {
        let rows = report.providers.prefix(20).map { provider in
            let classes = provider.classes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            return [
                provider.provider ?? "others", String(provider.sent), String(provider.deferred),
                String(provider.bounced), classes,
            ]
        }
        return table(["provider", "sent", "deferred", "bounced", "refused for"], rows)
    }

    private var listings: String? {
        let rows = report.listings.suffix(20).map { episode in
            [
                episode.provider + (episode.family == .v6 ? "/v6" : ""), Self.date(episode.first),
                Self.date(episode.last), String(episode.count), String(episode.bounced),
                episode.codes.joined(separator: ", "),
            ]
        }
        return table(["listed by", "first sign", "last sign", "signs", "bounced", "codes"], rows)
    }

    private var story: String? {
        let rows = report.steps.suffix(40).map { step in
            let change = step.from.flatMap { from in step.to.map { "\(from.rawValue) → \($0.rawValue)" } }
            return [
                Self.date(step.moment), step.provider + (step.family == .v6 ? "/v6" : ""),
                change ?? "probe \(step.queueID ?? "")", step.why,
            ]
        }
        return table(["when", "listing of", "step", "why"], rows)
    }

    private var refusals: String? {
        let rows = report.refusals.prefix(20).map {
            [String($0.count), $0.replyClass, $0.provider ?? "others", $0.rule ?? "none", $0.sample]
        }
        return table(["refusals", "class", "provider", "rule", "sample"], rows)
    }

    private var senders: String? {
        let rows = report.senders.prefix(20).map {
            [
                $0.sender, String($0.accepted), String($0.deferred), String($0.unknownUser), String($0.spamRefusal),
                String($0.block), String($0.failed),
            ]
        }
        return table(["sender", "accepted", "deferred", "unknown user", "spam", "block", "failed"], rows)
    }

    /// A table whose last column is cut to what the terminal has left; `nil` without rows.
    private func table(_ header: [String], _ rows: [[String]]) -> String? {
        guard !rows.isEmpty else { return nil }
        guard let columns else { return Table(header, rows).description }
        let last = header.count - 1
        let used = (0..<last).reduce(0) { sum, column in
            sum + 2 + ([header] + rows).reduce(0) { max($0, $1[column].count) }
        }
        let room = max(10, columns - used)
        let cut = rows.map { row in
            row.enumerated().map { column, cell in
                column == last && cell.count > room ? String(cell.prefix(room - 1)) + "…" : cell
            }
        }
        return Table(header, cut).description
    }

    /// A moment in local time, to the minute.
    private static func date(_ moment: Moment) -> String {
        var seconds = time_t(moment.seconds)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return "\(moment.seconds)" }
        var buffer = [CChar](repeating: 0, count: 32)
        let length = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M", &parts)
        return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
