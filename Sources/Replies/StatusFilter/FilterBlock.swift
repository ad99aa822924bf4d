// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// The part of the table that is about one provider's hosts.
struct FilterBlock {
    let text: String
    /// The names of the rules that keep mail.
    let kept: [String]
    /// The names of those that ought to and cannot.
    let omitted: [String]

    /// The block of a provider; `nil` if no rule keeps mail that its hosts refuse.
    init?(of provider: Provider, in rules: ReplyRules) {
        let keeping = rules.rules.filter { $0.isOwn(of: provider) && $0.keepsMail }
        guard let last = rules.rules.lastIndex(where: { $0 === keeping.last }),
            let hosts = Self.hosts(of: provider, in: rules.providers)
        else { return nil }
        let asked = rules.rules[...last].filter { rule in
            rule.canBounce && (rule.isOwn(of: provider) || keeping.contains { $0.sharesPhrase(with: rule) })
        }
        var lines = [
            "# \(provider.name)",
            "if /^5(?:\\.[0-9]{1,3}){2} host \(hosts)\\[[0-9a-f.:]+\\](?::[0-9]+)? (?:said|refused to talk to me): 5[0-9]{2}[-; =]/",
        ]
        var kept: [String] = []
        var omitted: [String] = []
        var depth = 1
        for rule in asked {
            guard let expression = FilterExpression(of: rule) else {
                omitted.append(rule.name)
                continue
            }
            if rule.isOwn(of: provider), rule.keepsMail {
                kept.append(rule.name)
                lines.append("# \(rule.name)")
                lines.append(expression.keeping)
            } else {
                lines.append("# not: \(rule.name)")
                lines.append("if !/\(expression.text)/")
                depth += 1
            }
        }
        guard !kept.isEmpty || !omitted.isEmpty else { return nil }
        lines += repeatElement("endif", count: depth)
        text = lines.map { $0 + "\n" }.joined()
        self.kept = kept
        self.omitted = omitted
    }

    /// An expression for the provider's host names: whole labels before a suffix of its, and none of another's longer ones.
    private static func hosts(of provider: Provider, in table: ProviderTable) -> String? {
        let suffixes = table.suffixes(of: provider)
        guard !suffixes.isEmpty else { return nil }
        let foreign = table.providers.filter { $0 != provider }.flatMap { table.suffixes(of: $0) }
            .filter { longer in suffixes.contains { longer.hasSuffix("." + $0) } }.sorted()
        let labels = "(?:[a-z0-9_-]+\\.)*"
        let except =
            foreign.isEmpty ? "" : "(?!\(labels)(?:\(foreign.map(FilterExpression.literal).joined(separator: "|")))\\[)"
        return "\(except)\(labels)(?:\(suffixes.map(FilterExpression.literal).joined(separator: "|")))"
    }
}

extension ReplyRule {
    /// Whether mail that it claims is to stay in the queue.
    fileprivate var keepsMail: Bool {
        guard canBounce, provider != nil, scope == .ourAddress else { return false }
        return grade == .unmistakable || (grade == .precursor && replyClass == .ipThrottle)
    }

    /// Whether it tells what the provider's hosts say.
    fileprivate func isOwn(of provider: Provider) -> Bool {
        !isSaidAnywhere && (self.provider == provider || sharers.contains(provider))
    }

    /// Whether both look for the same words, so that the one that is tried first may take the other's replies.
    fileprivate func sharesPhrase(with other: ReplyRule) -> Bool {
        phrases.contains { phrase in other.phrases.contains { $0.contains(phrase) || phrase.contains($0) } }
    }

    /// Whether it claims replies that end a message.
    fileprivate var canBounce: Bool {
        (codes.isEmpty || codes.families.contains(5) || codes.codes.contains { $0 / 100 == 5 })
            && (statuses.isEmpty || statuses.expression(ofSeverity: 5) != nil)
    }
}
