// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Glibc
internal import PosternCore
internal import Replies

/// `explain --json-lines`: a reply a line in, a reading a line out.
struct ExplainLines {
    let rules: ReplyRules

    /// What is answered; keys whose value is not known are `null`.
    private struct Answer: Encodable {
        let id: String
        let reading: ReplyReading

        private enum Key: String, CodingKey {
            case id, `class`, listed, provider, code, rule
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(id, forKey: .id)
            try container.encode(reading.replyClass.rawValue, forKey: .class)
            try container.encode(reading.isListing, forKey: .listed)
            try container.encode(reading.provider?.name, forKey: .provider)
            try container.encode(reading.token, forKey: .code)
            try container.encode(reading.rule, forKey: .rule)
        }
    }

    /// Answers until the input ends; a line that is no such object is told on standard error and left out.
    func run() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var number = 0
        var isAllUnderstood = true
        while let line = readLine() {
            number += 1
            guard !line.isEmpty else { continue }
            do {
                let asked = try LabelledReply(line: line)
                let answer = Answer(id: asked.id, reading: rules.reading(of: asked.reply, from: asked.host))
                print(String(decoding: try encoder.encode(answer), as: UTF8.self))
            } catch {
                Terminal.complain("postern: line \(number): \(Terminal.harmless("\(error)"))")
                isAllUnderstood = false
            }
            // Whoever asks one at a time waits for the answer.
            fflush(nil)
        }
        if !isAllUnderstood { throw ExitStatus.finding }
    }
}
