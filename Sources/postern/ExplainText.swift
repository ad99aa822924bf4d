// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MailLog
internal import PosternCore
internal import Replies

/// An explanation as a person reads it.
enum ExplainText {
    /// The whole explanation, broken for the terminal.
    static func text(of explanation: Explanation) -> String {
        guard let reading = explanation.reading else {
            return Terminal.styled("Accepted.", .green) + " Whatever the reply quotes, the message was taken."
        }
        var lines = [verdict(reading)]
        lines += row("reply", explanation.pasted.reply.text)
        lines += row("host", explanation.pasted.host)
        lines += row("class", reading.replyClass.rawValue + ", about " + words(reading.scope))
        lines += row("provider", reading.provider?.name)
        lines += row("code", reading.token)
        lines += row("address", reading.listedAddress?.description)
        lines += row("rule", rule(of: explanation))
        if let remedy = explanation.remedy { lines += Self.lines(of: remedy) }
        return lines.joined(separator: "\n")
    }

    private static func verdict(_ reading: ReplyReading) -> String {
        if reading.isListing { return Terminal.styled("Our address is listed.", .red) }
        if !reading.isWordedByItsHost {
            return Terminal.styled("No listing.", .yellow) + " The host is not of the provider that words it so."
        }
        if reading.rule == nil { return Terminal.styled("No rule knows this reply.", .yellow) }
        return Terminal.styled("No listing.", .green)
    }

    private static func lines(of remedy: Remedy) -> [String] {
        var lines = [""]
        lines += row("cause", remedy.cause)
        lines += row("waiting", words(remedy.waiting))
        for (index, step) in remedy.steps.enumerated() {
            lines += row(index == 0 ? "to do" : "", "\(index + 1). \(step)")
        }
        lines += row("ask at", remedy.form)
        lines += row("it asks for", remedy.asks.isEmpty ? nil : remedy.asks.joined(separator: ", "))
        lines += row("usual time", remedy.usualTime)
        lines += row("source", remedy.source)
        return lines
    }

    private static func rule(of explanation: Explanation) -> String? {
        guard let rule = explanation.reading?.rule else { return nil }
        return explanation.ruleFile.map { "\(rule) (\($0))" } ?? rule
    }

    private static func words(_ waiting: Remedy.Waiting) -> String {
        switch waiting {
        case .helps: "helps"
        case .sometimes: "may help; ask if it lasts"
        case .doesNotHelp: "does not help"
        }
    }

    private static func words(_ scope: RefusalScope) -> String {
        switch scope {
        case .ourAddress: "our address"
        case .signingDomain: "our domain"
        case .message: "this message"
        case .recipient: "this recipient"
        }
    }

    private static let indent = 13

    /// A name and its value, which goes on in further lines below where it began; nothing where there is no value.
    private static func row(_ name: String, _ value: String?) -> [String] {
        guard let value, !value.isEmpty else { return [] }
        let width = max(30, (columns ?? 100) - indent)
        return broken(Terminal.harmless(value), at: width).enumerated().map { index, line in
            let head = index == 0 ? name : ""
            let gap = String(repeating: " ", count: max(1, indent - head.count))
            return (head.isEmpty ? "" : Terminal.styled(head, .dim)) + gap + line
        }
    }

    /// The text in lines of at most `width` characters, broken at blanks; a longer word stands by itself.
    private static func broken(_ text: String, at width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if line.count + 1 + word.count <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + [line]
    }

    /// How wide the terminal is; `nil` where standard output is none.
    static var columns: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
