// SPDX-License-Identifier: Apache-2.0

/// Which replies go by which plan.
///
/// A part that is `nil` or empty asks nothing; what is asked must hold all at once.
public struct ProbePlanRule: Hashable, Sendable {
    /// The beginning of the provider's name.
    public var provider: String?
    /// Whether `provider` is the whole name.
    public var isWholeName: Bool
    /// Beginnings of the code that the reply names; one of them must fit.
    public var tokens: [String]
    /// A word in the code or in the rule's name.
    public var word: String?
    /// The plan.
    public var plan: ProbePlan

    /// A rule of its parts.
    public init(
        provider: String? = nil, isWholeName: Bool = false, tokens: [String] = [], word: String? = nil, plan: ProbePlan
    ) {
        self.provider = provider
        self.isWholeName = isWholeName
        self.tokens = tokens
        self.word = word
        self.plan = plan
    }

    /// Whether a reply goes by this rule.
    func fits(_ evidence: ListingEvidence, of provider: Provider) -> Bool {
        if let wanted = self.provider, isWholeName ? provider.name != wanted : !provider.name.hasPrefix(wanted) {
            return false
        }
        if !tokens.isEmpty {
            guard let token = evidence.token, tokens.contains(where: token.hasPrefix) else { return false }
        }
        guard let word else { return true }
        return [evidence.token, evidence.rule].contains { $0?.lowercased().containsWord(word) == true }
    }
}

extension String {
    /// Whether another text stands in this one, compared byte by byte.
    fileprivate func containsWord(_ word: String) -> Bool {
        var rest = utf8[...]
        while rest.count >= word.utf8.count {
            if rest.starts(with: word.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
