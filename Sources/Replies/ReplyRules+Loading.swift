// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import PosternCore

extension ReplyRules {
    /// Where packages install the shipped rules.
    public static let shippedDirectory = "/usr/share/postern/replies"
    /// Where a site keeps its own.
    public static let siteDirectory = "/etc/postern/replies.d"

    /// Reads all `.toml` files of the directories, in the order of their names.
    ///
    /// A site's rules come before the shipped ones, and one that has the name of a shipped rule takes its place; so do its
    /// providers' hosts and its remedies. Nothing is changed if anything is wrong: the caller keeps the rules it has.
    /// - Parameters:
    ///   - shipped: The directory of the shipped rules; it must be there.
    ///   - site: The site's directory; it need not be there.
    /// - Returns: The rules, checked.
    /// - Throws: Every reason for which the rules cannot be used.
    public static func load(
        shipped: String = shippedDirectory, site: String? = siteDirectory
    ) throws(RulesRefused) -> ReplyRules {
        guard let shippedFiles = files(in: shipped), !shippedFiles.isEmpty else {
            throw RulesRefused(problems: [RuleProblem(file: shipped, line: nil, text: "holds no rules")])
        }
        let siteFiles = site.flatMap(files(in:)) ?? []
        return try assemble(site: siteFiles.map(RuleFile.init(path:)), shipped: shippedFiles.map(RuleFile.init(path:)))
    }

    /// The paths of the rule files in a directory, in order; `nil` if it cannot be read.
    private static func files(in directory: String) -> [String]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else { return nil }
        return names.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted().map { "\(directory)/\($0)" }
    }

    /// Puts files together and checks the whole.
    static func assemble(site: [RuleFile], shipped: [RuleFile]) throws(RulesRefused) -> ReplyRules {
        var problems = (site + shipped).flatMap(\.problems)
        let siteRules = site.flatMap(\.rules)
        let shippedRules = shipped.flatMap(\.rules)
        problems += repeatedNames(siteRules) + repeatedNames(shippedRules)
        let siteNames = Set(siteRules.map(\.name))
        let rules = siteRules + shippedRules.filter { !siteNames.contains($0.name) }

        var providers = ProviderTable()
        for entry in (site + shipped).flatMap(\.providers) {
            for suffix in entry.suffixes { providers.add(suffix: suffix, of: entry.provider) }
            for domain in entry.domains { providers.add(domain: domain, of: entry.provider) }
        }
        let remedies = Dictionary((site + shipped).flatMap(\.remedies).map { ($0.name, $0) }) { first, _ in first }
        problems += rules.flatMap { unknownNames(in: $0, providers, remedies) }
        guard problems.isEmpty else { throw RulesRefused(problems: problems) }

        do {
            let unchecked = try ReplyRules(rules: rules, providers: providers, remedies: remedies, notices: [])
            let findings = unchecked.checked(siteRuleCount: siteRules.count)
            guard findings.problems.isEmpty else { throw RulesRefused(problems: findings.problems) }
            return try ReplyRules(rules: rules, providers: providers, remedies: remedies, notices: findings.notices)
        } catch let refused as RulesRefused {
            throw refused
        } catch {
            let text = "the rules' phrases together are too many; use fewer, or shorter ones"
            throw RulesRefused(problems: [RuleProblem(file: rules.first?.origin.file ?? "rules", line: nil, text: text)]
            )
        }
    }

    private static func repeatedNames(_ rules: [ReplyRule]) -> [RuleProblem] {
        var first: [String: ReplyRule.Origin] = [:]
        return rules.compactMap { rule in
            guard let other = first.updateValue(rule.origin, forKey: rule.name) else { return nil }
            let text = "rule \"\(rule.name)\" stands already in \(other.file):\(other.line)"
            return RuleProblem(file: rule.origin.file, line: rule.origin.line, text: text)
        }
    }

    private static func unknownNames(
        in rule: ReplyRule, _ providers: ProviderTable, _ remedies: [String: Remedy]
    ) -> [RuleProblem] {
        var texts: [String] = []
        if let remedy = rule.remedy, remedies[remedy] == nil {
            texts.append(
                "there is no remedy \"\(remedy)\"" + Spelling.suggestion(for: remedy, among: Array(remedies.keys)))
        }
        if let provider = rule.provider, !rule.isSaidAnywhere, !providers.providers.contains(provider) {
            let names = providers.providers.map(\.name)
            texts.append(
                "no host is known of provider \"\(provider)\"" + Spelling.suggestion(for: provider.name, among: names))
        }
        return texts.map {
            RuleProblem(file: rule.origin.file, line: rule.origin.line, text: "rule \"\(rule.name)\": \($0)")
        }
    }
}
