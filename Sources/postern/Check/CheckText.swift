// SPDX-License-Identifier: Apache-2.0
internal import Deliverability

/// A report for people: sections, a mark for each item, and under what is amiss why it matters and what to do.
struct CheckText {
    private let report: CheckReport
    private let width: Int

    /// Lines of prose are at most `width` wide; records and commands stand in one line whatever they take, to be pasted.
    init(_ report: CheckReport, width: Int) {
        self.report = report
        self.width = max(width, 40)
    }

    var text: String {
        var lines: [String] = []
        var section: CheckItem.Section?
        for item in report.items {
            if item.section != section {
                if section != nil { lines.append("") }
                lines.append(Terminal.styled(Terminal.harmless(item.section.title), .bold))
                section = item.section
            }
            lines += self.lines(of: item)
        }
        lines += ["", summary]
        return lines.map { $0 + "\n" }.joined()
    }

    private func lines(of item: CheckItem) -> [String] {
        // What begins with its name needs no second.
        func titled(_ text: String) -> String { text.hasPrefix(item.name) ? text : "\(item.name): \(text)" }
        switch item.outcome {
        case .good(let text): return paragraph(titled(text), mark: Terminal.styled("✔", .green))
        case .unknown(let text): return paragraph(titled(text), mark: Terminal.styled("?", .yellow))
        case .found(let finding):
            let mark =
                switch finding.severity {
                case .problem: Terminal.styled("✘", .red)
                case .advice: Terminal.styled("!", .yellow)
                }
            return paragraph(titled(finding.what), mark: mark) + paragraph(finding.kind.why)
                + lines(of: finding.remedy)
        }
    }

    private func lines(of remedy: Finding.Remedy?) -> [String] {
        switch remedy {
        case .publish(let record): paragraph("Publish:") + [Self.indent + "  " + Terminal.harmless(record)]
        case .run(let command): paragraph("Run:") + [Self.indent + "  " + Terminal.harmless(command)]
        case .act(let words): paragraph("To do: \(words)")
        case nil: []
        }
    }

    private var summary: String {
        let (problems, advice) = (report.count(of: .problem), report.count(of: .advice))
        if problems + advice == 0 { return Terminal.styled("Nothing to be done.", .green) }
        let words = [
            problems == 0 ? nil : Terminal.styled(problems == 1 ? "1 problem" : "\(problems) problems", .red),
            advice == 0
                ? nil : Terminal.styled(advice == 1 ? "1 piece of advice" : "\(advice) pieces of advice", .yellow),
        ]
        return words.compactMap { $0 }.joined(separator: ", ")
    }

    private static let indent = "    "

    /// Words in lines, under one another; the first line bears the mark.
    private func paragraph(_ text: String, mark: String? = nil) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in Terminal.harmless(text).split(separator: " ") {
            if !line.isEmpty, Self.indent.count + line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? word : " \(word)"
        }
        lines.append(line)
        return lines.enumerated().map { index, line in
            guard index == 0, let mark else { return Self.indent + line }
            return "  \(mark) \(line)"
        }
    }
}
