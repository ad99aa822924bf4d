// SPDX-License-Identifier: Apache-2.0

/// Puts a notice into words: the one place where they are chosen.
///
/// Written for whoever is woken by it: what happened, since when, by whose words, who caused it, what Postern does, what to
/// do. What others worded is cut, stripped of control characters and quoted line by line.
public struct AlertWords: Hashable, Sendable {
    /// The host's name.
    public let host: String
    /// How points of time are written.
    public let clock: LocalClock

    /// Words for the letters of one host.
    public init(host: String, clock: LocalClock) {
        self.host = PlainText.oneLine(String(host.prefix(255)))
        self.clock = clock
    }

    /// A notice as a letter.
    public func letter(for notice: AlertNotice) -> AlertLetter {
        switch notice {
        case .alert(let alert): letter(for: alert)
        case .summary(let summary):
            letter(
                for: summary, code: "summary", urgency: .immediate,
                title: "\(Self.total(of: summary)) alerts, told as one",
                opening: "So much happened that it is told as one. Since \(clock.text(of: summary.from)):")
        case .digest(let summary):
            letter(
                for: summary, code: "digest", urgency: .digest, title: "digest: \(Self.total(of: summary)) events",
                opening: "What happened since \(clock.text(of: summary.from)):")
        }
    }

    private func letter(for alert: Alert) -> AlertLetter {
        let subject = PlainText.oneLine(alert.subject)
        let title = alert.kind.title(subject)
        let steps = alert.kind.steps(alert.subject)
        var lines = PlainText.wrapped(Self.sentence(title)) + [""] + heading(alert)
        if let evidence = alert.evidence {
            lines += ["", "The other side's words:"] + PlainText.wrapped(evidence, first: "  | ", rest: "  | ")
        }
        if !alert.senders.isEmpty { lines += ["", "Who sent most before:"] + alert.senders.flatMap(line) }
        lines += ["", "What Postern does now:"]
        lines += PlainText.wrapped(alert.kind.doing(isActedOn: alert.isActedOn), first: "  ", rest: "  ")
        if !steps.isEmpty { lines += ["", "What to do next:"] + steps.flatMap(line) }
        let body = text(lines)
        var report = AlertReport(
            code: alert.kind.rawValue, urgency: alert.kind.urgency, host: host, title: title,
            time: clock.machineText(of: alert.moment), text: body)
        report.subject = subject
        report.since = alert.since.map(clock.machineText)
        report.acting = alert.isActedOn
        report.evidence = alert.evidence.map(PlainText.oneLine)
        for fact in alert.facts { report.facts[fact.name.rawValue] = value(of: fact) }
        report.senders = alert.senders.map { AlertSender(PlainText.oneLine($0.name), recipients: $0.recipients) }
        report.next = steps
        return AlertLetter(subject: headerLine(title), body: body, report: report)
    }

    private func letter(
        for summary: AlertSummary, code: String, urgency: AlertUrgency, title: String, opening: String
    ) -> AlertLetter {
        var lines = PlainText.wrapped(opening)
        for count in summary.counts {
            let title = count.latest.kind.title(PlainText.oneLine(count.latest.subject))
            lines += [""] + PlainText.wrapped(Self.sentence(title), first: "* ", rest: "  ")
            lines += PlainText.wrapped(times(of: count), first: "  ", rest: "  ")
            if let evidence = count.latest.evidence {
                lines += PlainText.wrapped(String(evidence.prefix(200)), first: "  | ", rest: "  | ")
            }
        }
        if summary.unlisted > 0 { lines += ["", "And \(summary.unlisted) more, for which there is no room here."] }
        if !summary.waiting.isEmpty { lines += ["", "What waits:"] }
        for mail in summary.waiting {
            lines += PlainText.wrapped(
                "\(mail.provider.name): \(mail.count) messages, the oldest since \(clock.text(of: mail.oldest))",
                first: "  ", rest: "  ")
        }
        lines += ["", "What to do next:"]
        lines += line(AlertStep("How all is now:", "postern status"))
        lines += line(AlertStep("What was told one by one:", "postern alerts show"))
        let body = text(lines)
        var report = AlertReport(
            code: code, urgency: urgency, host: host, title: title, time: clock.machineText(of: summary.to), text: body)
        report.since = clock.machineText(of: summary.from)
        report.alerts = summary.counts.map(reportLine)
        report.unlisted = summary.unlisted
        return AlertLetter(subject: headerLine(title), body: body, report: report)
    }

    // MARK: Parts

    private func heading(_ alert: Alert) -> [String] {
        var facts = [("When", clock.text(of: alert.moment))]
        if let since = alert.since { facts.append(("Since", clock.text(of: since))) }
        facts.append(("Host", host))
        for fact in alert.facts {
            switch fact.value {
            case .text(let text): facts.append((fact.name.label, text))
            case .count(let count): facts.append((fact.name.label, "\(count)"))
            case .moment(let moment): facts.append((fact.name.label, clock.text(of: moment)))
            }
        }
        return facts.flatMap { name, value in
            let label = name + String(repeating: " ", count: max(1, 14 - name.count))
            return PlainText.wrapped(value, first: label, rest: String(repeating: " ", count: 14))
        }
    }

    private func line(_ sender: AlertSender) -> [String] {
        PlainText.wrapped("\(sender.name), to \(sender.recipients) recipients", first: "  ", rest: "    ")
    }

    /// A command stands alone on its line and is never broken: it is there to be pasted.
    private func line(_ step: AlertStep) -> [String] {
        PlainText.wrapped(step.text, first: "  - ", rest: "    ") + (step.command.map { ["      \($0)"] } ?? [])
    }

    private func times(of count: AlertCount) -> String {
        count.count == 1
            ? clock.text(of: count.latest.moment)
            : "\(count.count) times, \(clock.text(of: count.first)) to \(clock.text(of: count.latest.moment))"
    }

    private func reportLine(_ count: AlertCount) -> AlertReportLine {
        let subject = PlainText.oneLine(count.latest.subject)
        return AlertReportLine(
            code: count.latest.kind.rawValue, subject: subject, title: count.latest.kind.title(subject),
            count: count.count, first: clock.machineText(of: count.first),
            last: clock.machineText(of: count.latest.moment))
    }

    private func value(of fact: AlertFact) -> AlertValue {
        switch fact.value {
        case .text(let text): .text(PlainText.oneLine(text))
        case .count(let count): .number(count)
        case .moment(let moment): .text(clock.machineText(of: moment))
        }
    }

    private func headerLine(_ title: String) -> String {
        PlainText.ascii("[postern] \(host.prefix(40)): \(title)", longest: 120)
    }

    private func text(_ lines: [String]) -> String {
        (lines + ["", "-- ", "Postern on \(host.prefix(60))"]).map { $0 + "\n" }.joined()
    }

    private static func total(of summary: AlertSummary) -> Int {
        summary.counts.reduce(summary.unlisted) { $0.addingReportingOverflow($1.count).partialValue }
    }

    private static func sentence(_ title: String) -> String { title + "." }
}
