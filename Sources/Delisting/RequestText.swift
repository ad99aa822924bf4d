// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies
internal import StatusModel

/// The words of a request; only what is known is said, and nothing that names a customer.
struct RequestText {
    private let facts: DelistingFacts

    init(_ facts: DelistingFacts) {
        self.facts = facts
    }

    /// A line that says what it is about.
    var subject: String {
        "Mail from \(addresses) is refused" + (facts.code.map { " (\(Self.harmless($0)))" } ?? "")
    }

    /// The request.
    var body: String {
        var parts = [
            "Hello,",
            "\(facts.title) refuses mail from our server. Please look at the listing of our address and lift it.",
            identity, sightings, figures, story,
        ]
        if !facts.earlier.isEmpty { parts.append(history) }
        parts.append("Contact: [name, and a mail address that takes mail]")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// The answer to a refusal.
    var followUp: String {
        let answer = facts.remedy?.denial.map { "that \(addresses) is \($0)" } ?? "that \(addresses) stays listed"
        var parts = [
            "Hello,",
            """
            thank you for the answer to [ticket number]. It says \(answer), and not why. Please have a person look at it \
            again, and tell us what was seen from our address, with dates or one example: we mend what we know of.
            """,
            identity,
        ]
        if let last = facts.last { parts.append("Mail is still refused:\n" + sighting("Last refusal", last)) }
        if let most = facts.days.map({ $0.accepted.addingReportingOverflow($0.refused).partialValue }).max() {
            parts.append(
                "Deliveries and attempts for you on the busiest day of the last two weeks: \(most).")
        }
        parts.append(story)
        parts.append("A low daily limit to begin with would help us, too.")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private var addresses: String {
        facts.addresses.isEmpty ? "[address]" : facts.addresses.map { "\($0.address)" }.joined(separator: ", ")
    }

    private var identity: String {
        var lines: [String] = []
        for address in facts.addresses {
            lines.append(Self.line("Address", "\(address.address)"))
            switch address.reverse {
            case .unknown: break
            case .none: lines.append(Self.line("PTR", "none"))
            case .confirmed(let name): lines.append(Self.line("PTR", "\(name), which leads back to the address"))
            case .unconfirmed(let name): lines.append(Self.line("PTR", name))
            }
        }
        if facts.addresses.isEmpty { lines.append(Self.line("Address", "[address]")) }
        if let greeting = facts.greeting { lines.append(Self.line("HELO", greeting)) }
        if !facts.signingDomains.isEmpty {
            let shown = facts.signingDomains.prefix(10).joined(separator: ", ")
            let more = facts.signingDomains.count > 10 ? " and \(facts.signingDomains.count - 10) more" : ""
            lines.append(Self.line("DKIM", "we sign as \(shown)\(more)"))
        }
        return lines.joined(separator: "\n")
    }

    private var sightings: String {
        var lines: [String] = []
        if let first = facts.first { lines.append(sighting("First refusal", first)) }
        if let last = facts.last, facts.first != last { lines.append(sighting("Last refusal", last)) }
        if facts.refusals > 0 { lines.append(Self.line("Refusals", "\(facts.refusals)")) }
        if let since = facts.pausedSince {
            lines.append(
                "Since \(Timestamp(since)) we keep our mail for you, and send a single message now and then to see.")
        }
        return lines.joined(separator: "\n")
    }

    private func sighting(_ name: String, _ sighting: DelistingFacts.Sighting) -> String {
        Self.line(name, "\(Timestamp(sighting.at))")
            + (sighting.reply.map { "\n    " + Self.harmless($0) } ?? "")
    }

    private var figures: String {
        guard !facts.days.isEmpty else { return "" }
        let rows = facts.days.map { day in
            "    \(Timestamp(day.start).description.prefix(10))  \(Self.right(day.accepted))  \(Self.right(day.refused))"
        }
        return (["Our mail to you by the day, in UTC: accepted, refused"] + rows).joined(separator: "\n")
    }

    private var story: String {
        var lines: [String] = []
        if let culprit = facts.culprit {
            lines.append(
                "In the day before the first refusal one sender here asked for \(culprit.recipients) recipients, where "
                    + "\(culprit.usual) are usual for it.")
            if culprit.stopped > 0 {
                lines.append("Our server held or refused \(culprit.stopped) of its messages since.")
            }
        }
        lines += facts.deeds.map(Self.harmless)
        if facts.deeds.isEmpty { lines.append("[What was done about the cause]") }
        return lines.joined(separator: "\n")
    }

    private var history: String {
        let spells = facts.earlier.suffix(5).map { "    from \(Timestamp($0.from)) until \(Timestamp($0.until))" }
        return (["You refused us before:"] + spells).joined(separator: "\n")
    }

    private static func line(_ name: String, _ value: String) -> String {
        name + ":" + String(repeating: " ", count: max(1, 15 - name.count)) + harmless(value)
    }

    private static func right(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, 8 - digits.count)) + digits
    }

    /// On one line: what the other side worded must not add lines of its own.
    private static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "?" : $0 }))
    }
}
