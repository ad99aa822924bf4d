// SPDX-License-Identifier: Apache-2.0
internal import MailLog

/// Proposed limits as a person reads them, and pastes them.
struct LimitsSuggestText {
    let advice: LimitAdvice

    init(_ advice: LimitAdvice) {
        self.advice = advice
    }

    var text: String {
        guard advice.senders > 0 else { return "nobody has submitted anything" }
        return [table, defaults, suspicious, exceptions, advice.toml].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }

    private var table: String {
        let rows = advice.classes.flatMap { senderClass in
            senderClass.windows.map { window in
                [
                    senderClass.senderClass, String(senderClass.senders), window.window, String(window.median),
                    String(window.percentile95), String(window.percentile99), String(window.maximum),
                    window.standard.map { String($0) } ?? "-", window.proposed.map { String($0) } ?? "-",
                ]
            }
        }
        return Table(["class", "senders", "within", "median", "95 %", "99 %", "most", "default", "proposed"], rows)
            .description
    }

    private var defaults: String? {
        guard advice.hitByDefaultsCount > 0 else {
            return "The default limits would have stopped nobody without a sign of abuse."
        }
        let names = advice.hitByDefaults.prefix(10).map(Terminal.harmless).joined(separator: ", ")
        let more = advice.hitByDefaultsCount > 10 ? ", …" : ""
        return "The default limits would have met \(advice.hitByDefaultsCount) senders without a sign of abuse: "
            + names + more
    }

    private var suspicious: String? {
        guard !advice.suspicious.isEmpty else { return nil }
        let names = advice.suspicious.prefix(10).map(Terminal.harmless).joined(separator: ", ")
        return Terminal.styled("Left aside for signs of abuse: \(names)", .yellow)
    }

    private var exceptions: String? {
        guard !advice.exceptions.isEmpty else { return nil }
        return Table(
            ["needs its own", "class", "messages", "recipients", "most", "proposed"],
            advice.exceptions.prefix(30).map {
                [
                    $0.sender, $0.senderClass, String($0.messages), String($0.recipients),
                    $0.peaks.map { String($0) }.joined(separator: "/"), $0.rates.joined(separator: " "),
                ]
            }
        ).description
    }
}
