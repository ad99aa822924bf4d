// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import MailLog
internal import Replies
internal import Settings

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what a refusal means, and what can be done about it.",
        discussion: """
            Takes a reply, lines of the mail log, or a bounce as it came; from the standard input if none is given. Where the \
            text names no host, and --host neither, the wording alone is judged.
            """)

    @Argument(help: "The reply, as words or in quotes.") var reply: [String] = []
    @Option(help: "The host that said it.") var host: String?
    @OptionGroup var rules: ExplainRules
    @Flag(help: "As JSON.") var json = false
    @Flag(help: "Read a JSON object a line (id, text, smtp_code, dsn, mx_host) and answer with one a line.")
    var jsonLines = false
    @Option(help: ArgumentHelp("Compare with the judged replies of a file of JSON lines.", visibility: .hidden))
    var evaluate: String?

    func validate() throws {
        let ways = [json, jsonLines, evaluate != nil].count { $0 }
        guard ways <= 1 else { throw ValidationError("--json, --json-lines and --evaluate exclude each other.") }
        if jsonLines || evaluate != nil, !reply.isEmpty || host != nil {
            throw ValidationError("--json-lines and --evaluate take neither a reply nor --host.")
        }
    }

    func run() throws {
        let rules = try rules.load()
        if let evaluate { return try EvaluateReplies(of: evaluate).print(by: rules) }
        if jsonLines { return try ExplainLines(rules: rules).run() }
        let found = PastedReply.found(in: reply.isEmpty ? standardInput() : reply.joined(separator: " "))
        guard !found.isEmpty else {
            Terminal.complain("postern: there is no reply to explain")
            throw ExitStatus.usage
        }
        let explanations = found.map { pasted in
            var pasted = pasted
            if let host { pasted.host = host }
            return Explanation(pasted, by: rules)
        }
        if json { return try printJSON(explanations.map(ExplainEntry.init)) }
        print(explanations.map(ExplainText.text).joined(separator: "\n\n"))
    }

    /// What is on the standard input, as far as it will be looked at.
    private func standardInput() -> String {
        let input = FileHandle.standardInput
        var data = Data()
        while data.count <= PastedReply.longestText, let more = try? input.read(upToCount: 65_536), !more.isEmpty {
            data += more
        }
        return String(decoding: data, as: UTF8.self)
    }
}
