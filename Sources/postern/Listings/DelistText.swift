// SPDX-License-Identifier: Apache-2.0
internal import Delisting

/// A request as a person reads it, in the order in which things are done.
struct DelistText {
    private let request: DelistingRequest

    init(_ request: DelistingRequest) {
        self.request = request
    }

    var text: String {
        let code = request.code.map { ": \($0)" } ?? ""
        var parts = [bold("\(request.title) (\(request.provider)) refuses our address\(code)")]
        if let cause = request.cause { parts[0] += "\n" + Terminal.harmless(cause) }
        if let at = request.requestedAt { parts[0] += "\nA request was sent at \(at)." }
        if let culprit = request.culprit {
            parts[0] +=
                "\nThe sender that stands out: " + Terminal.harmless(culprit)
                + " (this name stands in no text below)"
        }
        add("First", request.steps, to: &parts)
        add("Before you send it", request.gaps, to: &parts)
        parts.append(places)
        parts.append(
            bold("What to write") + "\nSubject: " + Terminal.harmless(request.subject) + "\n\n" + lines(request.body))
        let answer = request.denial.map { "If the answer is \"\($0)\"" } ?? "If the answer is no"
        parts.append(bold(answer + ", reply") + "\n" + lines(request.followUp))
        if let advice = request.ifNotListed {
            parts.append(bold("If the answer is that nothing is blocked") + "\n" + Terminal.harmless(advice))
        }
        let time = request.usualTime.map { "; usual time: \($0)" } ?? ""
        parts.append(
            bold("When it is sent") + "\npostern delist \(Terminal.harmless(request.provider)) --submitted"
                + Terminal.harmless(time))
        return parts.joined(separator: "\n\n")
    }

    private var places: String {
        var lines = [bold("Where to turn")]
        for (index, place) in request.places.enumerated() {
            lines.append(Terminal.harmless("\(index + 1). \(place.form)"))
            if let when = place.when { lines.append(Terminal.harmless("   \(when)")) }
            if index == 0, !request.asks.isEmpty {
                lines.append(Terminal.harmless("   It asks for: \(request.asks.joined(separator: "; "))."))
            }
        }
        if request.places.isEmpty { lines.append("Nobody is known, as no refusal is.") }
        return lines.joined(separator: "\n")
    }

    private func add(_ title: String, _ items: [String], to parts: inout [String]) {
        guard !items.isEmpty else { return }
        parts.append(([bold(title)] + items.map { "- " + Terminal.harmless($0) }).joined(separator: "\n"))
    }

    private func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { Terminal.harmless(String($0)) }
            .joined(separator: "\n")
    }

    private func bold(_ text: String) -> String { Terminal.styled(Terminal.harmless(text), .bold) }
}
