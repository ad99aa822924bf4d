// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import PosternCore
public import Settings

extension ReplyRules {
    /// Where packages install the shipped rules.
    public static let shippedDirectory = "/usr/share/postern/replies"
    /// Where a site keeps its own.
    public static let siteDirectory = "/etc/postern/replies.d"

    /// The keys that a file of rules knows, for a man page or a sample.
    public static var fileDescription: SectionDescription { RuleFile.description }

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
    ) throws(Problems) -> ReplyRules {
        guard let shippedFiles = files(in: shipped), !shippedFiles.isEmpty else {
            throw Problems([Problem(file: shipped, line: nil, key: "", complaint: "holds no rules")])
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
    static func assemble(site: [RuleFile], shipped: [RuleFile]) throws(Problems) -> ReplyRules {
        var problems = (site + shipped).flatMap(\.problems)
        let siteRules = site.flatMap(\.rules)
        let shippedRules = shipped.flatMap(\.rules)
        problems += repeatedNames(siteRules) + repeatedNames(shippedRules)
        let siteNames = Set(siteRules.map(\.name))
        let rules = siteRules + shippedRules.filter { !siteNames.contains($0.name) }

        var providers = ProviderTable()
        for entry in (site + shipped).flatMap(\.providers) {
            if let title = entry.title { providers.add(title: title, of: entry.provider) }
            for suffix in entry.suffixes { providers.add(suffix: suffix, of: entry.provider) }
            for domain in entry.domains { providers.add(domain: domain, of: entry.provider) }
        }
        let remedies = Dictionary((site + shipped).flatMap(\.remedies).map { ($0.name, $0) }) { first, _ in first }
        problems += rules.flatMap { unknownNames(in: $0, providers, remedies) }
        guard problems.isEmpty else { throw Problems(problems) }

        do {
            let unchecked = try ReplyRules(rules: rules, providers: providers, remedies: remedies, notices: [])
            let findings = unchecked.checked(siteRuleCount: siteRules.count)
            guard findings.problems.isEmpty else { throw Problems(findings.problems) }
            return try ReplyRules(rules: rules, providers: providers, remedies: remedies, notices: findings.notices)
        } catch let problems as Problems {
            throw problems
        } catch {
            let place = rules.first?.file ?? "rules"
            let complaint = "the phrases of all rules together are too many"
            throw Problems([Problem(file: place, line: nil, key: "", complaint: complaint)])
        }
    }

    private static func repeatedNames(_ rules: [ReplyRule]) -> [Problem] {
        var first: [String: String] = [:]
        return rules.compactMap { rule in
            guard let file = first.updateValue(rule.file, forKey: rule.name) else { return nil }
            return rule.problem("stands already in \(file)")
        }
    }

    private static func unknownNames(
        in rule: ReplyRule, _ providers: ProviderTable, _ remedies: [String: Remedy]
    ) -> [Problem] {
        var problems: [Problem] = []
        if let remedy = rule.remedy, remedies[remedy] == nil {
            let advice = suggestion(for: remedy, among: remedies.keys)
            problems.append(rule.problem("there is no remedy \(quoted(remedy))", advice: advice))
        }
        let named = rule.sharers.union(rule.isSaidAnywhere ? [] : [rule.provider].compactMap { $0 })
        for provider in named where !providers.providers.contains(provider) {
            let advice = suggestion(for: provider.name, among: providers.providers.map(\.name))
            problems.append(rule.problem("no host is known of provider \(quoted(provider.name))", advice: advice))
        }
        return problems
    }

    private static func suggestion(for word: String, among words: some Sequence<String>) -> String {
        nearest(to: word, among: words).map { "did you mean \(quoted($0))?" } ?? ""
    }
}

extension ReplyRule {
    /// Something wrong with the rule, for whoever mends its file.
    func problem(_ complaint: String, advice: String = "") -> Problem {
        Problem(file: file, line: nil, key: "rule \(quoted(name))", complaint: complaint, advice: advice)
    }
}
