// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

extension ReplyRules {
    /// Tries every rule against its samples and against texts made to exhaust it.
    /// - Parameter siteRuleCount: How many rules at the beginning are the site's own. Those may hide shipped rules: that is
    ///   what they are for, and only told.
    /// - Returns: What keeps the rules from being used, and what is only worth knowing.
    func checked(siteRuleCount: Int) -> (problems: [Problem], notices: [Problem]) {
        var problems: [Problem] = []
        var notices: [Problem] = []
        let siteNames = Set(rules.prefix(siteRuleCount).map(\.name))
        for rule in rules {
            for sample in rule.samples {
                guard let fault = fault(of: sample, in: rule) else { continue }
                let problem = rule.problem(fault.text)
                let isOverridden =
                    fault.claimant.map { siteNames.contains($0) && !siteNames.contains(rule.name) } ?? false
                if isOverridden { notices.append(problem) } else { problems.append(problem) }
            }
        }
        problems += exhaustiblePatterns()
        return (problems, notices)
    }

    /// What is wrong with a sample, and the rule that claims it instead.
    private func fault(of sample: ReplyRule.Sample, in rule: ReplyRule) -> (text: String, claimant: String?)? {
        let reading = reading(of: sample.reply)
        let sampled = "sample \"\(sample.reply.text.prefix(60))…\""
        guard reading.rule == rule.name else {
            guard let other = reading.rule else { return ("\(sampled) is claimed by no rule", nil) }
            let consequence =
                reading.replyClass == rule.replyClass ? "hidden" : "claimed as \(reading.replyClass.rawValue)"
            return ("\(sampled) is \(consequence) by rule \"\(other)\"", other)
        }
        guard let host = sample.host else { return nil }
        let atHost = self.reading(of: sample.reply, from: host)
        return atHost.isWordedByItsHost ? nil : ("\(sampled): host \(host) is not of the rule's provider", nil)
    }

    /// Patterns that give up on one of the probes: they would cost milliseconds, and miss, on a text that a stranger words.
    private func exhaustiblePatterns() -> [Problem] {
        guard let scratch = MatchScratch(words: 1) else { return [] }
        return rules.compactMap { rule in
            let patterns = [rule.text].compactMap { $0 } + rule.tokens
            for probe in Self.probes(for: rule) {
                _ = SqueezedReply(probe, into: scratch)
                guard patterns.contains(where: { $0.match(in: scratch) == .exhausted }) else { continue }
                return rule.problem("its pattern gives up on a long text such as \"\(probe.prefix(24))…\"")
            }
            return nil
        }
    }

    /// Long texts that make a pattern backtrack if anything does: runs of one sort of character, and the words of the rule
    /// itself over and over, none of them ended as it would like.
    private static func probes(for rule: ReplyRule) -> [String] {
        let words = rule.phrases.prefix(8).joined(separator: " ")
        let sample = rule.samples.first?.reply.text ?? ""
        return ["a", "1", "a ", "1.2.3.4 ", "<a@a>", words, sample].filter { !$0.isEmpty }.map { unit in
            // Short of the capacity, or the end that it must not like would be cut off.
            let count = (MatchScratch.capacity - 2) / unit.utf8.count
            return String(repeating: unit, count: count) + "\u{7E}"
        }
    }
}
