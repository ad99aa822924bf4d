// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Replies

/// How well the rules read the judged replies of a file.
struct EvaluateReplies {
    private let lines: [Substring]

    /// Reads the file at `path`.
    init(of path: String) throws {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            lines = String(decoding: data, as: UTF8.self).split { $0.isNewline }
        } catch {
            Terminal.complain("postern: \(path) cannot be read")
            throw ExitStatus.usage
        }
    }

    /// Prints precision, recall, and which class was taken for which.
    func print(by rules: ReplyRules) throws {
        var evaluation = ReplyEvaluation()
        var isAllUnderstood = true
        for (index, line) in lines.enumerated() {
            do throws(LabelledReply.Malformed) {
                let labelled = try LabelledReply(line: line)
                evaluation.add(labelled, rules.reading(of: labelled.reply, from: labelled.host))
            } catch {
                Terminal.complain("postern: line \(index + 1): \(Terminal.harmless("\(error)"))")
                isAllUnderstood = false
            }
        }
        Swift.print(evaluation)
        if !isAllUnderstood { throw ExitStatus.finding }
    }
}
